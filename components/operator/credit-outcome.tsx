import { moneyText } from "@/components/money-text";
import { Notice } from "@/components/ui/notice";
import { bucketLabels } from "./bucket-labels";
import type { ShownCredit } from "./credit-item";

interface CreditOutcomeProps {
  credit: ShownCredit;
  /** "$500.00": the most one operator gives alone in a day (UTC). */
  aloneMax: string;
}

/** What became of the credit that was just given, asked for or decided. */
export function CreditOutcome({ credit: { account, bucket, amount, state }, aloneMax }: CreditOutcomeProps) {
  const what = `${moneyText(amount).exact} of ${bucketLabels[bucket].toLowerCase()} credit`;
  switch (state) {
    case "granted":
      return (
        <Notice announce title={`${account.externalId} has ${what} more.`}>
          It is in their statement with the reason given. If the account owed promotional credit, that was settled
          first.
        </Notice>
      );
    case "waiting":
      return (
        <Notice announce look="warn" title={`${what} to ${account.externalId} waits for a second operator.`}>
          Nothing was given yet: one operator gives at most {aloneMax} alone in a day (UTC), and with this it would be
          more. Another operator finds it on this page.
        </Notice>
      );
    case "declined":
      return (
        <Notice announce title={`${what} to ${account.externalId} was declined.`}>
          Nothing was given.
        </Notice>
      );
  }
}
