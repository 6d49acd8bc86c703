import { amountText } from "@/lib/money/format";
import type { Condition, Missing } from "./checklist";

/** A condition as the machine API and the screens carry it: amounts exact decimal dollars, instants ISO 8601. */
export interface ShownCondition extends Pick<Condition, "name" | "state" | "reason" | "said"> {
  missing: { of: Missing["of"]; amount: string } | null;
  until: string | null;
}

export const showCondition = ({ name, state, missing, reason, said, untilMs }: Condition): ShownCondition => ({
  name,
  state,
  missing: missing && {
    of: missing.of,
    amount: missing.of === "dollars" ? amountText(missing.amount) : String(missing.amount),
  },
  reason,
  said,
  until: untilMs === null ? null : new Date(untilMs).toISOString(),
});
