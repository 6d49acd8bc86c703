import { Instant } from "@/components/instant";
import { Badge } from "@/components/ui/badge";
import { reviewKinds, reviewStates } from "./review-words";

interface Review {
  id: string;
  kind: "bonus" | "pair";
  sentence: string;
  state: "open" | "released" | "refused";
  /** ISO 8601 */
  openedAt: string;
  decidedBy: string | null;
  decisionReason: string | null;
}

/** What of an account was held, the latest first. */
export function AccountReviews({ reviews }: { reviews: readonly Review[] }) {
  return (
    <ul className="text-sm">
      {reviews.map(({ id, kind, sentence, state, openedAt, decidedBy, decisionReason }) => (
        <li key={id} className="border-line border-b py-2 first:pt-0">
          <p>
            <Badge tone={reviewStates[state].tone}>{reviewStates[state].label}</Badge> {reviewKinds[kind]}: {sentence}
          </p>
          <p className="break-words text-muted text-xs">
            <Instant at={openedAt} />
            {decidedBy && `, ${decidedBy}: ${decisionReason ?? ""}`}
          </p>
        </li>
      ))}
    </ul>
  );
}
