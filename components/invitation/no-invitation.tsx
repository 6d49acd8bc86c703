import { ButtonLink } from "@/components/ui/button-link";
import { PageHeader } from "@/components/ui/page-header";
import { ForgetForm } from "./forget-form";
import { invitedBy } from "./invited-words";

interface NoInvitationProps {
  state: "closed" | "unknown";
  /** Another link, followed before, that still counts. */
  followed: { invitation: { firstName: string | null } } | null;
  /** The page to go on to. */
  next: string;
  forget: (form: FormData) => Promise<void>;
}

const words = {
  unknown: {
    title: "This link is nobody’s",
    text: "No account has this referral code. Perhaps a letter was lost on the way: ask for the link again.",
  },
  closed: {
    title: "This link leads nowhere any more",
    text: "The account it belonged to is closed, so nobody is referred by it.",
  },
} as const;

/** For a code that refers nobody: says so, and what counts instead. */
export function NoInvitation({ state, followed, next, forget }: NoInvitationProps) {
  const { title, text } = words[state];
  return (
    <div className="mx-auto grid w-full max-w-lg gap-4 py-6 sm:py-12">
      <PageHeader title={title} lead={text} />
      {followed ? (
        <div className="grid gap-3">
          <p>{invitedBy(followed.invitation.firstName)} by another link before, and that one still counts.</p>
          <ForgetForm action={forget} back="/" />
        </div>
      ) : (
        <p>An account you open has its own bonus all the same; it is only nobody’s referral.</p>
      )}
      <div>
        <ButtonLink href={next} look="primary">
          {next === "/" ? "See what Tenspot is" : "Go on"}
        </ButtonLink>
      </div>
    </div>
  );
}
