import Link from "next/link";
import { type BonusState, bonusWords } from "@/components/bonus-state";
import { Instant } from "@/components/instant";
import { Money } from "@/components/money";
import { Badge } from "@/components/ui/badge";
import { Table, Td, Th } from "@/components/ui/table";

interface ReferralDraw {
  drawId: string;
  state: Exclude<BonusState, "locked" | "taken_back" | "not_eligible">;
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
        {draws.map(({ drawId, state, isTakenBack, dueAt, referredAt, amount }) => {
          const { label, tone } = bonusWords(isTakenBack ? "taken_back" : state);
          return (
            <tr key={drawId}>
              <Th scope="row" className="align-baseline font-normal">
                <Instant at={dueAt} />
              </Th>
              <Td>{referredAt ? <Instant at={referredAt} precision="day" /> : "unknown"}</Td>
              <Td>
                <Badge tone={tone}>{label}</Badge>
              </Td>
              <Td numeric>{amount === null ? "to be drawn" : <Money amount={amount} />}</Td>
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
