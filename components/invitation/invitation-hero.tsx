import { Instant } from "@/components/instant";
import { Note } from "@/components/note";
import { NoteRange } from "@/components/note-range";
import { ButtonLink } from "@/components/ui/button-link";
import { buttonClasses } from "@/components/ui/button-look";
import { Notice } from "@/components/ui/notice";
import type { NoteWords } from "@/lib/programs/note-words";
import { ForgetForm } from "./forget-form";
import { invitedBy } from "./invited-words";

interface InvitationHeroProps {
  code: string;
  firstName: string | null;
  /** Hex digits the link's note is engraved from. */
  seed: string;
  offer: string;
  /** Of the note: the bonus it leads to. Null while there are no terms to be referred under. */
  words: NoteWords | null;
  /** ISO 8601; until when a sign-up counts in this browser. Null where the link was not followed yet. */
  until: string | null;
  isSignedIn: boolean;
  next: string;
  forget: (form: FormData) => Promise<void>;
}

/** Who invited a visitor and to what, with the way on and the way out. */
export function InvitationHero({ code, firstName, seed, offer, words, ...visit }: InvitationHeroProps) {
  return (
    <div className="grid items-center gap-8 lg:grid-cols-[1fr_1.2fr] lg:gap-12">
      <div className="grid justify-items-start gap-4">
        <h1 className="font-semibold text-4xl leading-[1.1] tracking-tight sm:text-5xl">{invitedBy(firstName)}</h1>
        <p className="max-w-prose text-lg">{offer}</p>
        <WayOn code={code} {...visit} />
      </div>
      <Note seed={seed} title={words?.title ?? invitedBy(firstName)} foot={`Engraved from the link /r/${code}`}>
        {words && <NoteRange {...words} />}
      </Note>
    </div>
  );
}

type WayOnProps = Pick<InvitationHeroProps, "code" | "until" | "isSignedIn" | "next" | "forget">;

function WayOn({ code, until, isSignedIn, next, forget }: WayOnProps) {
  if (isSignedIn) {
    return (
      <Notice title="You have an account already">
        This is what a visitor sees. Whoever has an account is referred by nobody any more.
      </Notice>
    );
  }
  const about = <ButtonLink href={next}>{next === "/" ? "What Tenspot is" : "Go on"}</ButtonLink>;
  if (until === null) {
    return (
      <div className="flex flex-wrap gap-3">
        {/* Not a link that is fetched ahead of time: following it is what counts. */}
        <a href={`/r/${code}?next=/sign-in`} className={buttonClasses({ look: "primary" })}>
          Accept and sign up
        </a>
        {about}
      </div>
    );
  }
  return (
    <>
      <p className="max-w-prose text-muted">
        It counts if you sign up by <Instant at={until} />, with a new account.
      </p>
      <div className="flex flex-wrap gap-3">
        <ButtonLink href="/sign-in" look="primary">
          Sign up
        </ButtonLink>
        {about}
      </div>
      <ForgetForm action={forget} back="/" />
    </>
  );
}
