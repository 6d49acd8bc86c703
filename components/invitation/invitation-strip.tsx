import { Instant } from "@/components/instant";
import type { InvitationTerms } from "@/lib/programs/invitation";
import { BothSides } from "./both-sides";
import { ForgetForm } from "./forget-form";
import { invitedTo } from "./invited-words";

interface InvitationStripProps {
  firstName: string | null;
  terms: InvitationTerms;
  /** ISO 8601; until then a sign-up counts. */
  until: string;
  forget: (form: FormData) => Promise<void>;
  /** The page it stands on. */
  back: string;
}

/** On a page a visitor came to by a referral link: who invited them, what both get and when. */
export function InvitationStrip({ firstName, terms, until, forget, back }: InvitationStripProps) {
  return (
    <section aria-label="Your invitation" className="border-accent border-l-4 bg-accent-soft px-4 py-3">
      <p className="font-semibold">{invitedTo(firstName, terms)}</p>
      <details className="mt-1 text-sm">
        <summary className="text-muted hover:text-ink">What both of you get, and when</summary>
        <div className="mt-3">
          <BothSides terms={terms} firstName={firstName} />
        </div>
      </details>
      <div className="mt-2 flex flex-wrap items-center justify-between gap-x-6 gap-y-1 text-sm">
        <p>
          It counts if you sign up by <Instant at={until} />.
        </p>
        <ForgetForm action={forget} back={back} />
      </div>
    </section>
  );
}
