import { SubmitButton } from "@/components/ui/submit-button";

interface ForgetFormProps {
  action: (form: FormData) => Promise<void>;
  /** The page to come back to. */
  back: string;
}

/** Says that the invitation is a mistake: this browser followed no link any more. Works without any script. */
export function ForgetForm({ action, back }: ForgetFormProps) {
  return (
    <form action={action} className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      <input type="hidden" name="back" value={back} />
      <SubmitButton look="quiet" small pending="Forgetting the link…">
        That’s not right
      </SubmitButton>
      <span className="text-muted">Forgets the link. Nobody is told.</span>
    </form>
  );
}
