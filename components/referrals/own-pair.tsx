import { WhyNotYet } from "@/components/checklist/why-not-yet";
import { MilestoneLine } from "./milestone-line";
import type { PairChecklist } from "./referral";

/** What an account that came by a link is told of it: its milestone, and what its referrer's earnings wait for. */
export function OwnPair({ checklist }: { checklist: PairChecklist }) {
  const { milestone, conditions } = checklist;
  return (
    <div className="grid gap-3">
      {milestone && <MilestoneLine milestone={milestone} audience="referred" />}
      <WhyNotYet conditions={conditions} audience="referred" about="the referral you came by" />
    </div>
  );
}
