import { ForgetForm } from "./forget-form";

interface CameByLinkProps {
  firstName: string | null;
  forget: (form: FormData) => Promise<void>;
  back: string;
}

/** Beside the ways to sign up: by whose link a new account would be opened. */
export function CameByLink({ firstName, forget, back }: CameByLinkProps) {
  const whose = firstName === null ? "a referral link" : `${firstName}’s referral link`;
  return (
    <div className="grid gap-1 border-line border-t pt-3 text-sm">
      <p className="text-muted">You came by {whose}: a new account will be opened as referred.</p>
      <ForgetForm action={forget} back={back} />
    </div>
  );
}
