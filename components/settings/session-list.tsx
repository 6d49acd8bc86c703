"use client";

import { useActionState } from "react";
import { Instant } from "@/components/instant";
import { FormMessage } from "@/components/ui/form-message";
import { SubmitButton } from "@/components/ui/submit-button";
import { type SettingsAction, type SettingsState, unsent } from "./form-shape";

interface SessionListProps {
  sessions: readonly {
    id: string;
    /** ISO 8601 */
    signedInAt: string;
    /** "Firefox on Linux"; null where it was not told. */
    browser: string | null;
    isThis: boolean;
  }[];
  /** Ends the session named `id`; all others without it. */
  end: SettingsAction<SettingsState>;
}

/** The browsers somebody is signed in with; all but this one can be signed out. */
export function SessionList({ sessions, end }: SessionListProps) {
  const [state, send] = useActionState(end, unsent);
  const others = sessions.filter(({ isThis }) => !isThis);
  return (
    <div className="grid gap-3">
      <FormMessage state={state} />
      <ul aria-label="Where you are signed in, the latest first" className="border-line border-t text-sm">
        {sessions.map(({ id, signedInAt, browser, isThis }) => (
          <li
            key={id}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 border-line border-b py-2"
          >
            <p>
              {isThis && <strong className="font-medium">This browser{browser && ", "}</strong>}
              {browser ?? (isThis ? "" : "A browser")}
              <span className="text-muted">
                , signed in <Instant at={signedInAt} />
              </span>
            </p>
            {!isThis && (
              <form action={send}>
                <input type="hidden" name="id" value={id} />
                <SubmitButton look="secondary" small pending="Signing out…">
                  Sign out
                  <span className="sr-only">
                    {" "}
                    the browser of {signedInAt}
                    {browser && `, ${browser}`}
                  </span>
                </SubmitButton>
              </form>
            )}
          </li>
        ))}
      </ul>
      {others.length > 1 && (
        <form action={send}>
          <SubmitButton look="danger" small pending="Signing out…">
            Sign out everywhere else
          </SubmitButton>
        </form>
      )}
    </div>
  );
}
