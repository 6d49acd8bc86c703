import { Instant } from "@/components/instant";
import { Money } from "@/components/money";
import { Badge } from "@/components/ui/badge";
import { Table, Td, Th } from "@/components/ui/table";
import type { Tone } from "@/components/ui/tone";

interface Referral {
  id: string;
  /** ISO 8601 */
  signedUpAt: string;
  stage: "signed_up" | "spending" | "qualified" | "void";
  voidReason: string | null;
  /** Exact decimal dollars. */
  earnedTotal: string;
  window: { end: string | null; isOver: boolean };
  bonus: { state: string };
}

const stages: Record<Referral["stage"], { label: string; tone: Tone }> = {
  signed_up: { label: "Signed up", tone: "plain" },
  spending: { label: "Spending", tone: "wait" },
  qualified: { label: "Qualified", tone: "good" },
  void: { label: "Void", tone: "bad" },
};

/** Whom an account referred, those made last first. */
export function ReferralTable({ referrals }: { referrals: readonly Referral[] }) {
  return (
    <Table caption="Referred accounts, those made last first">
      <thead>
        <tr>
          <Th>Signed up</Th>
          <Th>Stage</Th>
          <Th numeric>Earned</Th>
          <Th>Earns until</Th>
          <Th>Bonus</Th>
        </tr>
      </thead>
      <tbody>
        {referrals.map(({ id, signedUpAt, stage, voidReason, earnedTotal, window, bonus }) => (
          <tr key={id}>
            <Th scope="row" className="font-normal">
              <Instant at={signedUpAt} precision="day" />
            </Th>
            <Td className="whitespace-nowrap">
              <Badge tone={stages[stage].tone}>{stages[stage].label}</Badge> {voidReason}
            </Td>
            <Td numeric>
              <Money amount={earnedTotal} />
            </Td>
            <Td className="whitespace-nowrap">
              {window.end === null ? "no end" : <Instant at={window.end} precision="day" />}
              {window.isOver && <span className="text-muted">, over</span>}
            </Td>
            <Td>{bonus.state.replaceAll("_", " ")}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
