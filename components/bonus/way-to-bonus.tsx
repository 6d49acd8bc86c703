import { bonusWords } from "@/components/bonus-state";
import { SpendBar } from "@/components/spend-bar";
import { Badge } from "@/components/ui/badge";
import type { BonusShown } from "./bonus";

/** The bar to the bonus; where none is to come, why. */
export function WayToBonus({ bonus }: { bonus: BonusShown }) {
  if (bonus.state !== "not_eligible") return <SpendBar {...bonus} seed={bonus.randomness ?? bonus.drawId} />;
  const { label, tone, meaning } = bonusWords(bonus.state, bonus.reason);
  return (
    <p className="flex max-w-prose flex-wrap items-baseline gap-x-2 gap-y-1 text-sm">
      <Badge tone={tone}>{label}</Badge> {meaning}
    </p>
  );
}
