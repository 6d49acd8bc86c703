import type { ReactNode } from "react";
import { CopyText } from "@/components/ui/copy-text";
import type { ShareTexts } from "@/lib/programs/share-texts";

/** Words to send the link with, for one place at a time. Works without scripts, but for the copying. */
export function ShareWords({ message, post, mail }: ShareTexts) {
  return (
    <div>
      <h3 className="font-medium text-sm">Words to send it with</h3>
      <div className="mt-1 border-line border-t">
        <Place name="In a message" open>
          <CopyText label="The message" value={message} />
        </Place>
        <Place name="As a post">
          <CopyText label="The post" value={post} />
        </Place>
        <Place name="By mail">
          <CopyText label="The mail’s subject" value={mail.subject} />
          <CopyText label="The mail’s text" value={mail.text} />
          <p className="text-sm">
            <a className="link" href={mailTo(mail)}>
              Open it in your mail program
            </a>
          </p>
        </Place>
      </div>
    </div>
  );
}

/** One of the places: opening it closes the others. */
function Place({ name, open = false, children }: { name: string; open?: boolean; children: ReactNode }) {
  return (
    <details name="share-words" open={open} className="border-line border-b py-2 text-sm">
      <summary className="w-fit">{name}</summary>
      <div className="mt-2 grid gap-3 text-base">{children}</div>
    </details>
  );
}

/** Lines end as mails end them: https://www.rfc-editor.org/rfc/rfc6068#section-5 */
const mailTo = ({ subject, text }: ShareTexts["mail"]): string =>
  `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text.replaceAll("\n", "\r\n"))}`;
