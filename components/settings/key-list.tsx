"use client";

import { useActionState } from "react";
import { Instant } from "@/components/instant";
import { EmptyState } from "@/components/ui/empty-state";
import { FormMessage } from "@/components/ui/form-message";
import { SubmitButton } from "@/components/ui/submit-button";
import { type SettingsAction, type SettingsState, unsent } from "./form-shape";

interface KeyListProps {
  keys: readonly {
    id: string;
    name: string;
    /** The key's last characters. */
    tail: string;
    /** ISO 8601 */
    createdAt: string;
  }[];
  revoke: SettingsAction<SettingsState>;
}

/** The keys that work now, each with the way to end it: opened first, so that no slip of the hand does. */
export function KeyList({ keys, revoke }: KeyListProps) {
  const [state, send] = useActionState(revoke, unsent);
  return (
    <div className="grid gap-3">
      <FormMessage state={state} />
      {keys.length === 0 ? (
        <EmptyState title="No keys yet">
          Make one below to read your balance and usage from a program of yours.
        </EmptyState>
      ) : (
        <ul aria-label="Your keys, the latest first" className="border-line border-t text-sm">
          {keys.map(({ id, name, tail, createdAt }) => (
            <li
              key={id}
              className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 border-line border-b py-2"
            >
              <div className="min-w-0">
                <p className="break-words font-medium">{name}</p>
                <p className="text-muted">
                  <span className="font-mono">tsk_…{tail}</span>, made <Instant at={createdAt} />
                </p>
              </div>
              <details className="sm:text-right">
                <summary className="link w-fit cursor-pointer sm:ml-auto">
                  Revoke<span className="sr-only"> {name}</span>
                </summary>
                <form action={send} className="mt-2 grid justify-items-start gap-2 sm:justify-items-end">
                  <input type="hidden" name="id" value={id} />
                  <p className="text-muted">What uses it is refused from then on, for good.</p>
                  <SubmitButton look="danger" small pending="Revoking…">
                    Revoke this key
                  </SubmitButton>
                </form>
              </details>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
