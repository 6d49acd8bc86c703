import { WhyNotYet } from "@/components/checklist/why-not-yet";
import { Money } from "@/components/money";
import { moneyText } from "@/components/money-text";
import { percentOf } from "@/components/percent";
import { Badge } from "@/components/ui/badge";
import { ProgressBar } from "@/components/ui/progress-bar";
import type { ShownMilestone } from "./referral";

interface MilestoneLineProps {
  milestone: ShownMilestone;
  audience: "referrer" | "referred";
}

/** The one-time reward of both sides: how far it is for whoever spends, whether it came for whoever referred. */
export function MilestoneLine({ milestone, audience }: MilestoneLineProps) {
  const { amount, trigger, counted, progress, conditions, version } = milestone;
  const isLoad = counted === "deposits";
  const isReached = conditions.every(({ state }) => state === "met");
  return (
    <div className="grid gap-1 text-sm">
      <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <Badge tone={isReached ? "good" : "wait"}>{isReached ? "Reached" : "Not yet"}</Badge>
        <span>
          Milestone: <Money amount={amount} /> for each of you when {audience === "referred" ? "your" : "their"}{" "}
          {counted} {isLoad ? "reach" : "reaches"} <Money amount={trigger} />
        </span>
      </p>
      {progress !== null && (
        <ProgressBar
          label={`${counted.slice(0, 1).toUpperCase()}${counted.slice(1)} toward the milestone`}
          percent={percentOf(progress, trigger)}
          valueText={`${moneyText(progress).exact} of ${moneyText(trigger).floored} ${isLoad ? "added" : "spent"}`}
        />
      )}
      {progress !== null && (
        <p className="text-muted">
          <Money amount={progress} /> of <Money amount={trigger} /> {isLoad ? "added" : "spent"}
        </p>
      )}
      <WhyNotYet conditions={conditions} audience={audience} about={`the milestone, terms of ${version}`} />
    </div>
  );
}
