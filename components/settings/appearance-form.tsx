"use client";

import { useActionState } from "react";
import { Choices } from "@/components/ui/choices";
import { FormMessage } from "@/components/ui/form-message";
import { SubmitButton } from "@/components/ui/submit-button";
import { type SettingsAction, type SettingsState, unsent } from "./form-shape";

const looks = [
  { value: "system", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

interface AppearanceFormProps {
  action: SettingsAction<SettingsState>;
  chosen: (typeof looks)[number]["value"];
}

/** The page comes in the chosen colours from the server: nothing flashes, and no script is needed. */
export function AppearanceForm({ action, chosen }: AppearanceFormProps) {
  const [state, send] = useActionState(action, unsent);
  return (
    <form action={send} className="grid max-w-md gap-4">
      <Choices key={chosen} legend="Colours" name="appearance" choices={looks} defaultValue={chosen} />
      <FormMessage state={state} />
      <div>
        <SubmitButton look="secondary" pending="Changing…">
          Use these
        </SubmitButton>
      </div>
    </form>
  );
}
