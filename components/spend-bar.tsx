import { type BonusState, bonusWords, lockedMeaning } from "./bonus-state";
import { Guilloche } from "./guilloche/guilloche";
import { LiveMoney } from "./live-money";
import { Money } from "./money";
import { moneyText } from "./money-text";
import { percentOf } from "./percent";
import { Badge } from "./ui/badge";
import { classes } from "./ui/classes";
import { ProgressBar } from "./ui/progress-bar";

interface SpendBarProps {
  /** How far it is, exact decimal dollars; stops at the trigger. */
  progress: string;
  /** What makes the bonus due, exact decimal dollars. */
  trigger: string;
  /** What counts: paid spend, or deposits. */
  triggerKind: "spend" | "load";
  state: BonusState;
  reason?: string | null;
  /** What was drawn, exact decimal dollars; stays shown when taken back. */
  amount?: string | null;
  /** Hex digits for the rosette at its end: the draw's randomness, or before it is known the draw's id. */
  seed: string;
  /** Sentences about what moves the bar, made from the terms the account is pinned to. */
  counts: readonly string[];
  doesNotCount: readonly string[];
}

/** The way to the bonus: paid spend or deposits, the trigger at its end, what counts beneath. */
export function SpendBar({
  progress,
  trigger,
  triggerKind,
  state,
  reason = null,
  amount = null,
  seed,
  counts,
  doesNotCount,
}: SpendBarProps) {
  const words = bonusWords(state, reason);
  const reached = percentOf(progress, trigger) === 100;
  const done = triggerKind === "spend" ? "spent" : "added";
  const valueText = `${moneyText(progress).exact} of ${moneyText(trigger).floored} ${done}`;
  return (
    <div>
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <LiveMoney amount={progress} size="xl" />
        <span className="text-lg text-muted">
          of <Money amount={trigger} /> {done}
        </span>
        <Badge tone={words.tone}>{words.label}</Badge>
      </div>
      <div className="mt-3 flex items-center">
        <ProgressBar
          label={`${triggerKind === "spend" ? "Paid spend" : "Deposits"} toward the bonus`}
          percent={percentOf(progress, trigger)}
          valueText={valueText}
          thick
          className="min-w-0 grow"
        />
        <Guilloche
          seed={seed}
          rings={2}
          className={classes("-ml-2.5 size-20 shrink-0 rounded-full bg-paper", reached ? "text-accent" : "text-muted")}
        />
      </div>
      <p className="mt-2 max-w-prose text-sm">
        {amount !== null && (
          <>
            <Money amount={amount} className="font-semibold" /> drawn.{" "}
          </>
        )}
        {state === "locked" ? lockedMeaning(triggerKind) : words.meaning}
      </p>
      {state !== "not_eligible" && <WhatCounts counts={counts} doesNotCount={doesNotCount} />}
    </div>
  );
}

function WhatCounts({ counts, doesNotCount }: { counts: readonly string[]; doesNotCount: readonly string[] }) {
  return (
    <dl className="mt-3 grid gap-x-8 gap-y-2 text-sm sm:grid-cols-2">
      <div>
        <dt className="font-medium">Counts</dt>
        {counts.map((sentence) => (
          <dd key={sentence} className="ml-4 list-item list-disc text-muted">
            {sentence}
          </dd>
        ))}
      </div>
      <div>
        <dt className="font-medium">Does not count</dt>
        {doesNotCount.map((sentence) => (
          <dd key={sentence} className="ml-4 list-item list-disc text-muted">
            {sentence}
          </dd>
        ))}
      </div>
    </dl>
  );
}
