import { type BonusState, bonusWords } from "@/components/bonus-state";
import { Money } from "@/components/money";
import { Badge } from "@/components/ui/badge";
import { Digest } from "@/components/ui/digest";
import { Fact, Facts } from "@/components/ui/facts";

interface Bonus {
  drawId: string;
  program: string;
  termsVersion: string;
  state: BonusState;
  reason: string | null;
  /** Exact decimal dollars. */
  progress: string;
  trigger: string;
  amount: string | null;
}

/** How far an account's one new-account bonus is. */
export function BonusFacts({ bonus }: { bonus: Bonus }) {
  const { label, tone } = bonusWords(bonus.state, bonus.reason);
  return (
    <Facts>
      <Fact term="State">
        <Badge tone={tone}>{label}</Badge>
        {bonus.reason && <span className="text-muted"> {bonus.reason}</span>}
      </Fact>
      <Fact term="Progress">
        <Money amount={bonus.progress} /> of <Money amount={bonus.trigger} />
      </Fact>
      <Fact term="Amount">
        {bonus.amount === null ? <span className="text-muted">not drawn</span> : <Money amount={bonus.amount} />}
      </Fact>
      <Fact term="Terms">
        {bonus.program} {bonus.termsVersion}
      </Fact>
      <Fact term="Draw">
        <Digest>{bonus.drawId}</Digest>
      </Fact>
    </Facts>
  );
}
