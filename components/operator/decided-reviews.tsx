import { Instant } from "@/components/instant";
import { Badge } from "@/components/ui/badge";
import { Table, Td, Th } from "@/components/ui/table";
import { NamedAccount } from "./named-account";
import type { ShownReview } from "./review-item";
import { reviewKinds, reviewStates } from "./review-words";

/** What was said about held bonuses and pairs, the latest first. */
export function DecidedReviews({ reviews }: { reviews: readonly ShownReview[] }) {
  return (
    <Table caption="Decided reviews, the latest first">
      <thead>
        <tr>
          <Th>Account</Th>
          <Th>What</Th>
          <Th>Outcome</Th>
          <Th>Decided</Th>
          <Th>By whom, and why</Th>
        </tr>
      </thead>
      <tbody>
        {reviews.map(({ id, account, kind, sentence, state, decidedAt, decidedBy, decisionReason }) => (
          <tr key={id}>
            <Th scope="row" className="min-w-32 align-baseline font-normal">
              <NamedAccount name={account} />
            </Th>
            <Td className="min-w-48">
              {reviewKinds[kind]}
              <span className="block text-muted text-xs">{sentence}</span>
            </Td>
            <Td>
              <Badge tone={reviewStates[state].tone}>{reviewStates[state].label}</Badge>
            </Td>
            <Td>{decidedAt && <Instant at={decidedAt} />}</Td>
            <Td className="min-w-48 break-words">
              {decidedBy}: {decisionReason}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
