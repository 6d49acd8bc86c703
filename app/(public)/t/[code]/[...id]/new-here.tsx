import { invitedTo } from "@/components/invitation/invited-words";
import { ButtonLink } from "@/components/ui/button-link";
import { buttonClasses } from "@/components/ui/button-look";
import { Section } from "@/components/ui/section";
import { programSentences } from "@/lib/programs/sentences";
import { invitationOf } from "@/lib/queries/invitation";
import { currentPrograms, invitationInForce } from "@/lib/queries/programs";
import { invitedHere } from "@/lib/session/followed-link";

interface NewHereProps {
  /** The referral code of the template's creator. */
  code: string;
  /** Whether a link was forgotten just now: then none is offered again. */
  hasForgotten: boolean;
}

/** For a visitor: what signing up brings, by the link that was followed, by the creator's, or by none. */
export async function NewHere({ code, hasForgotten }: NewHereProps) {
  const [invited, invitation, terms, programs] = await Promise.all([
    invitedHere(),
    invitationOf(code),
    invitationInForce(),
    currentPrograms(),
  ]);
  if (!invited && !hasForgotten && terms && invitation.state === "open") {
    return (
      <Section title="New here?" lead={invitedTo(invitation.firstName, terms)}>
        <div className="flex flex-wrap gap-3">
          {/* Not a link that is fetched ahead of time: following it is what counts. */}
          <a href={`/r/${invitation.code}?next=/sign-in`} className={buttonClasses({ look: "primary" })}>
            Accept and sign up
          </a>
          <ButtonLink href="/sign-in">Sign up on your own</ButtonLink>
        </div>
      </Section>
    );
  }
  const signup = programs.find(({ terms: { program } }) => program === "signup-bonus");
  // Whoever was invited is told above what they get, which the terms of referrals say.
  const offer = (invited && terms) || !signup ? null : programSentences(signup.terms).offer;
  return (
    <Section title="New here?" lead={offer ?? "Signing in opens your account; there is no password."}>
      <ButtonLink href="/sign-in" look="primary">
        Sign up
      </ButtonLink>
    </Section>
  );
}
