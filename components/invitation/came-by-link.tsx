import type { InvitationTerms } from "@/lib/programs/invitation";
import { ForgetForm } from "./forget-form";

interface CameByLinkProps {
  firstName: string | null;
  /** Null while there are none. */
  terms: InvitationTerms | null;
  forget: (form: FormData) => Promise<void>;
  back: string;
}

/** Beside the ways to sign up: by whose link a new account would be opened, and what both get by it. */
export function CameByLink({ firstName, terms, forget, back }: CameByLinkProps) {
  const whose = firstName === null ? "a referral link" : `${firstName}’s referral link`;
  return (
    <div className="grid gap-1 border-line border-t pt-3 text-sm">
      <p className="text-muted">You came by {whose}: a new account will be opened as referred.</p>
      {terms && (
        <p className="text-muted">
          {terms.offer} {firstName ?? "Whoever invited you"} also gets {terms.commission}, which costs you nothing.
        </p>
      )}
      <ForgetForm action={forget} back={back} />
    </div>
  );
}
