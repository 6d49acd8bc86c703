import type { InvitationGain, InvitationTerms } from "@/lib/programs/invitation";

interface BothSidesProps {
  terms: InvitationTerms;
  /** Null where the referrer's name is not told. */
  firstName: string | null;
}

/** What both sides of an invitation get, and when. */
export function BothSides({ terms: { yours, theirs }, firstName }: BothSidesProps) {
  return (
    <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
      <Side title="You get" gains={yours} />
      <Side title={`${firstName ?? "Whoever invited you"} gets`} gains={theirs} />
    </div>
  );
}

function Side({ title, gains }: { title: string; gains: readonly InvitationGain[] }) {
  return (
    <div className="border-line border-t pt-3">
      <h3 className="text-muted text-sm">{title}</h3>
      <ul className="mt-1 grid gap-2">
        {gains.map(({ what, when }) => (
          <li key={what}>
            <p className="font-medium">{what}</p>
            <p className="text-muted text-sm">{when}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}
