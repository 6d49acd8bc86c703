import { Notice } from "@/components/ui/notice";
import type { ShownReview } from "./review-item";
import { reviewKinds } from "./review-words";

/** What became of the review that was just decided. */
export function ReviewOutcome({ review: { account, kind, state } }: { review: ShownReview }) {
  if (state === "open") return null;
  const what = `${reviewKinds[kind]}, ${account}`;
  if (state === "refused") {
    return (
      <Notice announce title={`${what}: refused.`}>
        {kind === "bonus" ? "It never comes." : "The pair earns nothing, what was held included."} Both sides read your
        reason.
      </Notice>
    );
  }
  return (
    <Notice announce title={`${what}: released.`}>
      {kind === "bonus"
        ? "It goes on to its draw in the place it had, as soon as the budget has room."
        : "What was held is released by the next sweep, within a minute, unless something else holds the pair."}
    </Notice>
  );
}
