import { BonusNote } from "@/components/bonus-note";
import { type BonusState, bonusWords } from "@/components/bonus-state";
import { SpendBar } from "@/components/spend-bar";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import { Section } from "@/components/ui/section";

interface Bonus {
  drawId: string;
  state: BonusState;
  reason: string | null;
  /** Exact decimal dollars. */
  progress: string;
  trigger: string;
  amount: string | null;
  /** 64 hex digits, once it is drawn. */
  randomness: string | null;
  /** ISO 8601 */
  drawnAt: string | null;
  counts: readonly string[];
  doesNotCount: readonly string[];
}

/** The way to the bonus while it is ahead; afterwards its note. */
export function BonusSummary({ bonus }: { bonus: Bonus }) {
  const { state, amount, randomness, drawnAt } = bonus;
  const drawn = state === "drawn" && amount !== null && randomness !== null && drawnAt !== null;
  return (
    <Section
      title="Bonus"
      actions={
        <ButtonLink href="/bonus" look="quiet" small>
          {drawn ? "Check the draw" : "Odds and draw"}
        </ButtonLink>
      }
      className="lg:border-t-0 lg:pt-0"
    >
      {drawn ? (
        <div className="grid gap-3">
          <div className="max-w-md">
            <BonusNote amount={amount} randomness={randomness} drawnAt={drawnAt} />
          </div>
          <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
            <Badge tone="good">Drawn</Badge> {bonusWords(state).meaning}
          </p>
        </div>
      ) : (
        <SpendBar {...bonus} seed={randomness ?? bonus.drawId} />
      )}
    </Section>
  );
}
