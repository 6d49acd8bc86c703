import { ButtonLink } from "@/components/ui/button-link";
import { SubmitButton } from "@/components/ui/submit-button";
import { signOut } from "@/lib/session/sign-out";

export function SignedInAs({ email, next }: { email: string; next: string }) {
  return (
    <div className="grid gap-3">
      <p>
        You are signed in as <strong className="wrap-anywhere">{email}</strong>.
      </p>
      <ButtonLink look="primary" href={next}>
        Go on to your account
      </ButtonLink>
      <form action={signOut} className="grid">
        <SubmitButton look="secondary" pending="Signing out…">
          Sign out
        </SubmitButton>
      </form>
    </div>
  );
}
