import type { BonusShown } from "@/components/bonus/bonus";
import { WayToBonus } from "@/components/bonus/way-to-bonus";
import { BonusNote } from "@/components/bonus-note";
import { bonusWords } from "@/components/bonus-state";
import { WhyNotYet } from "@/components/checklist/why-not-yet";
import type { ShownReach } from "@/components/forecast/forecast";
import { Reaching } from "@/components/forecast/reaching";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button-link";
import { Section } from "@/components/ui/section";
import type { ShownCondition } from "@/lib/programs/checklist-text";
import { BonusReveal } from "./bonus-reveal";

interface BonusSummaryProps {
  bonus: BonusShown;
  conditions: readonly ShownCondition[];
  reach: ShownReach | null;
  /** Remembers that the note was watched being drawn; null where it was, so that it is still. */
  onSeen: (() => Promise<void>) | null;
}

/** The way to the bonus while it is ahead; afterwards its note. */
export function BonusSummary({ bonus, conditions, reach, onSeen }: BonusSummaryProps) {
  const { state, amount, randomness, drawnAt } = bonus;
  const note = (shown: { amount: string; randomness: string; drawnAt: string }) => {
    const engraved = <BonusNote {...shown} />;
    return onSeen === null ? engraved : <BonusReveal onSeen={onSeen}>{engraved}</BonusReveal>;
  };
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
          <div className="max-w-lg">{note({ amount, randomness, drawnAt })}</div>
          <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
            <Badge tone="good">Drawn</Badge> {bonusWords(state).meaning}
          </p>
        </div>
      ) : (
        <>
          <WayToBonus bonus={bonus} />
          {state === "locked" && (
            <div className="mt-2 max-w-prose text-sm">
              <Reaching reach={reach} />
            </div>
          )}
        </>
      )}
      <div className="mt-3">
        <WhyNotYet conditions={conditions} audience="owner" about="your bonus" />
      </div>
    </Section>
  );
}
