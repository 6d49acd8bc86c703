import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";

interface LinkSettingsProps {
  code: string;
  /** The current one first. */
  codes: readonly { code: string; followed: number; isCurrent: boolean }[];
  firstName: string | null;
  firstNameShown: boolean;
  codeForm: ReactNode;
  /** Shown only where there is a first name. */
  nameForm: ReactNode;
}

/** The code of the link, those it had before, and what visitors see. */
export function LinkSettings({ code, codes, firstName, firstNameShown, codeForm, nameForm }: LinkSettingsProps) {
  return (
    <div className="grid items-start gap-x-10 gap-y-6 sm:grid-cols-2">
      <div className="grid gap-4">
        {codeForm}
        {codes.length > 1 && (
          <div className="text-sm">
            <p className="text-muted">Every one of these leads to you, for ever. To go back to one, take it again.</p>
            <ul className="mt-1">
              {codes.map((each) => (
                <li key={each.code} className="flex flex-wrap justify-between gap-x-4 border-line border-b py-1">
                  <span className="wrap-anywhere">
                    {each.code}
                    {each.isCurrent && <span className="text-muted"> (now)</span>}
                  </span>
                  <span className="text-muted">followed by {each.followed.toLocaleString("en-US")}</span>
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
      <div className="grid gap-2">
        <h3 className="font-medium text-sm">What visitors are told</h3>
        <p className="max-w-prose text-sm">
          {firstName !== null && firstNameShown
            ? `“${firstName} invited you”, and the offer. Nothing else of you.`
            : "“You were invited”, and the offer. Not who you are."}{" "}
          <Link className="link" href={`/invited/${code}`}>
            See the page
          </Link>
        </p>
        {firstName === null ? (
          <p className="max-w-prose text-sm">
            You have no first name here that could be shown to them.{" "}
            <Link className="link" href="/settings#profile">
              Enter your name
            </Link>
            : its first word, in letters alone, is what you may then allow.
          </p>
        ) : (
          nameForm
        )}
      </div>
    </div>
  );
}
