import { Notice } from "@/components/ui/notice";

export type CardOutcomeKind = "saved" | "open" | "cancelled" | "unknown";

/** What became of the card a person comes back from saving. Follows the provider's word, never the address. */
export function CardOutcome({ kind }: { kind: CardOutcomeKind }) {
  switch (kind) {
    case "saved":
      return (
        <Notice title="The card is on file" announce>
          Nothing was charged. It pays when you choose it, and tops your balance up if you let it.
        </Notice>
      );
    case "open":
      return (
        <Notice title="Waiting for the card to be confirmed" announce>
          Nothing was charged. As soon as the payment provider confirms the card it appears below by itself; that takes
          seconds.
        </Notice>
      );
    case "cancelled":
      return (
        <Notice look="warn" title="You came back without saving a card" announce>
          Nothing was charged and nothing was saved. Start again below when you like.
        </Notice>
      );
    case "unknown":
      return (
        <Notice look="warn" title="This account has no such card page" announce>
          Nothing was saved by it. The cards on file are listed below.
        </Notice>
      );
  }
}
