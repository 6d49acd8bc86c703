"use client";

import { useActionState } from "react";
import { FormMessage } from "@/components/ui/form-message";
import { SubmitButton } from "@/components/ui/submit-button";
import { type SettingsAction, type SettingsState, unsent } from "./form-shape";

interface ChoicesFormProps {
  action: SettingsAction<SettingsState>;
  choices: readonly { topic: string; label: string; about: string; listed: boolean; mailed: boolean }[];
}

const ways = [
  { name: "listed", label: "In the list" },
  { name: "mailed", label: "By e-mail" },
] as const;

/** What one is told of and how: a box for each way. Works before, and without, any script. */
export function ChoicesForm({ action, choices }: ChoicesFormProps) {
  const [state, send] = useActionState(action, unsent);
  return (
    <form action={send} className="grid max-w-2xl gap-4">
      <ul className="border-line border-t">
        {choices.map(({ topic, label, about, ...chosen }) => (
          <li key={topic} className="border-line border-b py-2">
            <fieldset className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
              <legend className="contents">
                <span className="grow basis-64">
                  <span className="block font-medium text-sm">{label}</span>
                  <span className="block text-muted text-sm">{about}</span>
                </span>
              </legend>
              {ways.map((way) => (
                <label key={way.name} className="flex min-h-8 cursor-pointer items-center gap-2 text-sm">
                  <input
                    // What is stored after a sending is drawn anew.
                    key={String(chosen[way.name])}
                    type="checkbox"
                    name={`${way.name}.${topic}`}
                    defaultChecked={chosen[way.name]}
                    className="size-4 accent-accent"
                  />
                  {way.label}
                </label>
              ))}
            </fieldset>
          </li>
        ))}
      </ul>
      <FormMessage state={state} />
      <div>
        <SubmitButton pending="Saving…">Save choices</SubmitButton>
      </div>
    </form>
  );
}
