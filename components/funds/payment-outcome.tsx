import { Money } from "@/components/money";
import { Notice } from "@/components/ui/notice";

type Outcome =
  | { kind: "cancelled" }
  /** Nobody's, or another's: it is not said which. */
  | { kind: "unknown" }
  | { kind: "open" | "processing" | "paid" | "failed" | "expired" /** Exact decimal dollars. */; amount: string };

/** What became of the payment a person comes back from. Follows the provider's word, never the address they came by. */
export function PaymentOutcome({ outcome }: { outcome: Outcome }) {
  switch (outcome.kind) {
    case "paid":
      return (
        <Notice title="Paid" announce>
          <Money amount={outcome.amount} /> are in your prepaid balance.
        </Notice>
      );
    case "open":
      return (
        <Notice title="Waiting for the payment to be confirmed" announce>
          Nothing is credited yet. As soon as the payment provider confirms the <Money amount={outcome.amount} />, they
          appear here by themselves; that takes seconds.
        </Notice>
      );
    case "processing":
      return (
        <Notice title="The payment is on its way" announce>
          Your bank has promised the <Money amount={outcome.amount} /> and not sent them yet; this can take days.
          Nothing is credited until they arrive, and then by itself.
        </Notice>
      );
    case "failed":
      return (
        <Notice look="danger" title="The payment failed" announce>
          The <Money amount={outcome.amount} /> were not paid. Nothing was charged and your balance is as it was: a
          declined payment leaves no trace in your wallet. Try again, with another card if you can.
        </Notice>
      );
    case "expired":
      return (
        <Notice look="warn" title="The payment page ran out of time" announce>
          Nothing was charged and your balance is as it was: an abandoned payment leaves no trace in your wallet. Start
          again below.
        </Notice>
      );
    case "cancelled":
      return (
        <Notice look="warn" title="You came back without paying" announce>
          Nothing was charged and your balance is as it was: a declined or abandoned payment leaves no trace in your
          wallet. Start again below when you like.
        </Notice>
      );
    case "unknown":
      return (
        <Notice look="warn" title="This account has no such payment" announce>
          Nothing was credited by it. What you paid in is listed below; a payment that is still being confirmed appears
          there by itself.
        </Notice>
      );
  }
}
