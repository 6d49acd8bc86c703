import { type BonusState, bonusWords } from "@/components/bonus-state";
import { Instant } from "@/components/instant";
import { Money } from "@/components/money";
import { Badge } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { Table, Td, Th } from "@/components/ui/table";
import { refusedFor } from "@/lib/programs/suspicion";

interface ReferralDraw {
  drawId: string;
  state: Exclude<BonusState, "locked" | "taken_back" | "not_eligible">;
  /** Why it has no round yet. */
  heldReason: string | null;
  isTakenBack: boolean;
  /** ISO 8601 */
  dueAt: string;
  referredAt: string | null;
  /** Exact decimal dollars. */
  amount: string | null;
}

/** The bonuses that came of referrals, each a draw of its own. */
export function ReferralDraws({ draws }: { draws: readonly ReferralDraw[] }) {
  return (
    <Table caption="Bonuses from your referrals, the latest first">
      <thead>
        <tr>
          <Th>Due</Th>
          <Th>For a sign-up on</Th>
          <Th>State</Th>
          <Th numeric>Amount</Th>
          <Th>Draw</Th>
        </tr>
      </thead>
      <tbody>
        {draws.map(({ drawId, state, heldReason, isTakenBack, dueAt, referredAt, amount }) => {
          const { label, tone, meaning } = bonusWords(isTakenBack ? "taken_back" : state, heldReason, "referrer");
          return (
            <tr key={drawId}>
              <Th scope="row" className="align-baseline font-normal">
                <Instant at={dueAt} />
              </Th>
              <Td>{referredAt ? <Instant at={referredAt} precision="day" /> : "unknown"}</Td>
              <Td>
                <Badge tone={tone}>{label}</Badge>
                {heldReason !== null && <p className="mt-1 max-w-prose text-muted text-sm">{meaning}</p>}
              </Td>
              <Td numeric>
                {amount === null ? refusedFor(heldReason) === null ? "to be drawn" : "none" : <Money amount={amount} />}
              </Td>
              <Td>
                <Link href={`/bonus/${drawId}`} className="link whitespace-nowrap">
                  {drawId.slice(0, 8)}…
                </Link>
              </Td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
