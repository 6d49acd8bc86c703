"use client";

import { useActionState } from "react";
import { FormMessage } from "@/components/ui/form-message";
import { SubmitButton } from "@/components/ui/submit-button";
import { type SettingsAction, type SettingsState, unsent } from "./form-shape";

const names = { google: "Google", github: "GitHub", email: "Links by e-mail" } as const;
type Way = keyof typeof names;
/** Within a sentence. */
const addedName = { ...names, email: "links by e-mail" } as const;
const addable = Object.keys(names) as Way[];

interface WayListProps {
  /** Those one has, the first one first. */
  ways: readonly Way[];
  add: SettingsAction<SettingsState>;
  remove: SettingsAction<SettingsState>;
}

/** The ways to sign in: another one is added where it is asked for, and the last one stays. */
export function WayList({ ways, add, remove }: WayListProps) {
  const [added, sendAdd] = useActionState(add, unsent);
  const [removed, sendRemove] = useActionState(remove, unsent);
  return (
    <div className="grid gap-3">
      <FormMessage state={removed.message === "" ? added : removed} />
      <ul aria-label="Ways to sign in" className="border-line border-t text-sm">
        {ways.map((way) => (
          <li
            key={way}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 border-line border-b py-2"
          >
            <span className="font-medium">{names[way]}</span>
            {ways.length > 1 ? (
              <form action={sendRemove}>
                <input type="hidden" name="way" value={way} />
                <SubmitButton look="secondary" small pending="Removing…">
                  Remove<span className="sr-only"> {names[way]}</span>
                </SubmitButton>
              </form>
            ) : (
              <span className="text-muted">the only one</span>
            )}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        {addable
          .filter((way) => !ways.includes(way))
          .map((way) => (
            <form key={way} action={sendAdd}>
              <input type="hidden" name="way" value={way} />
              <SubmitButton look="secondary" small pending="One moment…">
                Add {addedName[way]}
              </SubmitButton>
            </form>
          ))}
      </div>
    </div>
  );
}
