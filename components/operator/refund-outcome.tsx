import { moneyText } from "@/components/money-text";
import { Notice } from "@/components/ui/notice";
import type { ShownRefund } from "./refund-item";

interface RefundOutcomeProps {
  refund: ShownRefund;
  /** "$500.00": the most one operator gives alone in a day (UTC). */
  aloneMax: string;
}

/** What became of the refund that was just given, asked for or decided. */
export function RefundOutcome({ refund: { account, amount, state, problem }, aloneMax }: RefundOutcomeProps) {
  const what = moneyText(amount).exact;
  const whom = account.externalId;
  switch (state) {
    case "sent":
      return (
        <Notice announce title={`${what} goes back to ${whom}.`}>
          It left their prepaid credit and is in their statement with the reason given. Their bank may take some days to
          show it.
        </Notice>
      );
    case "sending":
      return (
        <Notice announce look="warn" title={`The payment provider has not answered yet about ${what} for ${whom}.`}>
          It is asked again every minute until it does, and gives back once. Nothing is to be done here.
        </Notice>
      );
    case "waiting":
      return (
        <Notice announce look="warn" title={`${what} back to ${whom} waits for a second operator.`}>
          Nothing was given back yet: one operator gives back at most {aloneMax} alone in a day (UTC), and with this it
          would be more. Another operator finds it on this page.
        </Notice>
      );
    case "declined":
      return (
        <Notice announce title={`${what} back to ${whom} was declined.`}>
          Nothing was given back.
        </Notice>
      );
    case "failed":
      return (
        <Notice announce look="warn" title={`${what} was not given back to ${whom}.`}>
          {problem} Their prepaid credit is as it was.
        </Notice>
      );
  }
}
