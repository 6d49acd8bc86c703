import type { ReactNode } from "react";
import { Instant } from "@/components/instant";
import { Money } from "@/components/money";
import type { ActAction } from "./act-state";
import { Decide } from "./decide";
import { DecisionForm } from "./decision-form";
import { NamedAccount } from "./named-account";
import { reviewKinds } from "./review-words";

export interface ShownReview {
  id: string;
  kind: "bonus" | "pair";
  /** Accounts by the platform's names for them. */
  account: string;
  beneficiary: string;
  other: string | null;
  sentence: string;
  state: "open" | "released" | "refused";
  /** ISO 8601 */
  openedAt: string;
  decidedAt: string | null;
  decidedBy: string | null;
  decisionReason: string | null;
  /** Exact decimal dollars. */
  bonusMost: string | null;
  commission: { accrued: string; held: string } | null;
}

/** Something held, with both accounts and what hangs on it. */
export function ReviewItem({ review, action }: { review: ShownReview; action: ActAction }) {
  const { id, kind, account, beneficiary, other, sentence, openedAt } = review;
  return (
    <li className="border-line border-b py-3 first:pt-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 className="font-medium">
          {reviewKinds[kind]}, <NamedAccount name={account} />
        </h3>
        <p className="text-muted text-sm">
          held <Instant at={openedAt} />
        </p>
      </div>
      <p className="mt-1 max-w-prose text-sm">{sentence}</p>
      <dl className="mt-2 grid gap-x-6 gap-y-2 text-sm sm:grid-cols-3">
        <Detail term="Looks like">
          {other === null ? <span className="text-muted">no one account</span> : <NamedAccount name={other} />}
        </Detail>
        <Detail term={kind === "bonus" ? "Would get it" : "Referrer"}>
          <NamedAccount name={beneficiary} />
        </Detail>
        <Detail term="At stake">
          <ReviewAmount review={review} />
        </Detail>
      </dl>
      <Decide about={`${reviewKinds[kind].toLowerCase()}, ${account}`}>
        <DecisionForm
          action={action}
          id={id}
          legend={kind === "bonus" ? "This bonus" : "This pair"}
          choices={[
            { value: "release", label: "Release" },
            { value: "refuse", label: "Refuse" },
          ]}
          reasonHint="Both sides read it. Do not name the other account."
        />
      </Decide>
    </li>
  );
}

export function ReviewAmount({ review: { bonusMost, commission } }: { review: ShownReview }) {
  if (bonusMost !== null) {
    return (
      <>
        up to <Money amount={bonusMost} />, drawn once released
      </>
    );
  }
  if (commission === null) return null;
  return (
    <>
      <Money amount={commission.held} /> held of <Money amount={commission.accrued} /> earned so far
    </>
  );
}

function Detail({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-muted">{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
