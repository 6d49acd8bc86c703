import { AlertForm } from "@/components/funds/alert-form";
import { Section } from "@/components/ui/section";
import { lowBelowOf } from "@/lib/queries/top-ups";
import { requireAccount } from "@/lib/session/current-account";
import { setAlert } from "./top-up-actions";

/** Below how much credit its owner is told. */
export async function AlertSection() {
  const lowBelow = await lowBelowOf(await requireAccount());
  return (
    <Section title="Low balance" lead="Told once each time it happens, in the list of notifications and by e-mail.">
      <AlertForm action={setAlert} lowBelow={lowBelow ?? ""} />
    </Section>
  );
}
