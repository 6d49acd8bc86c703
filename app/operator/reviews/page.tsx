import type { Metadata } from "next";
import { given, type SearchProps } from "@/app/operator/search";
import { DecidedReviews } from "@/components/operator/decided-reviews";
import { ReviewItem } from "@/components/operator/review-item";
import { ReviewOutcome } from "@/components/operator/review-outcome";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { reviewsToDecide, reviewView } from "@/lib/queries/operator/reviews";
import { requireOperator } from "@/lib/session/current-operator";
import { decideOnReview } from "./actions";

export const metadata: Metadata = { title: "Held for review" };

export default async function ReviewsPage({ searchParams }: SearchProps) {
  await requireOperator();
  const search = await searchParams;
  const after = given(search, "after");
  const [{ open, next, decided }, outcome] = await Promise.all([
    reviewsToDecide(after),
    reviewView(given(search, "decided") ?? ""),
  ]);
  return (
    <>
      <PageHeader
        title="Held for review"
        lead="Bonuses and pairs that look like a second account of one person. Nothing is lost while they wait."
      />
      <div className="grid gap-8">
        {outcome && <ReviewOutcome review={outcome} />}
        <Section title="Waiting">
          {open.length > 0 ? (
            <ul>
              {open.map((review) => (
                <ReviewItem key={review.id} review={review} action={decideOnReview} />
              ))}
            </ul>
          ) : (
            <EmptyState title="Nothing is held">
              What looks like a second account of somebody waits here instead of being paid, or forfeited.
            </EmptyState>
          )}
          <div className="mt-3 flex gap-2">
            {after !== undefined && (
              <ButtonLink href="/operator/reviews" small>
                Oldest
              </ButtonLink>
            )}
            {next !== null && (
              <ButtonLink href={`/operator/reviews?${new URLSearchParams({ after: next })}`} small>
                More
              </ButtonLink>
            )}
          </div>
        </Section>
        {decided.length > 0 && (
          <Section title="Decided">
            <DecidedReviews reviews={decided} />
          </Section>
        )}
      </div>
    </>
  );
}
