import { WhyNotYet } from "@/components/checklist/why-not-yet";
import { Instant } from "@/components/instant";
import { instantText } from "@/components/instant-text";
import { LiveMoney } from "@/components/live-money";
import { Badge } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { MilestoneLine } from "./milestone-line";
import type { PairChecklist, ShownForecast, ShownReferral } from "./referral";
import { ReferralFacts } from "./referral-facts";
import { holdWords, stageWords, voidReasonWords } from "./referral-words";

interface ReferralItemProps {
  referral: ShownReferral;
  checklist: PairChecklist | undefined;
  /** The latest; undefined where there is none yet. */
  forecast: ShownForecast | undefined;
  /** Milliseconds since 1970. */
  nowMs: number;
}

/** One referral: how far it came, what it earned by service, how long it goes on, its bonus, and what that waits for. */
export function ReferralItem({ referral, checklist, forecast, nowMs }: ReferralItemProps) {
  const { signedUpAt, stage, voidReason, hold, earnedTotal, id } = referral;
  const words = stageWords[stage];
  return (
    <li className="border-line border-b py-4 first:pt-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h3 className="flex flex-wrap items-baseline gap-x-3 gap-y-1 font-medium">
          <Link className="link" href={`/referrals/${id}`}>
            Referral of <Instant at={signedUpAt} precision="day" />
          </Link>
          <Badge tone={words.tone}>{words.label}</Badge>
        </h3>
        {voidReason === null && (
          <p>
            <LiveMoney amount={earnedTotal} size="md" /> <span className="text-muted text-sm">earned</span>
          </p>
        )}
      </div>
      {hold !== null && <p className="mt-1 max-w-prose text-sm">{holdWords(hold).referrer}</p>}
      {voidReason === null ? (
        <ReferralFacts referral={referral} forecast={forecast} nowMs={nowMs} />
      ) : (
        <p className="mt-1 max-w-prose text-muted text-sm">{voidReasonWords(voidReason).referrer}</p>
      )}
      {checklist && (
        <div className="mt-2 grid gap-2">
          {checklist.milestone && <MilestoneLine milestone={checklist.milestone} audience="referrer" />}
          <WhyNotYet
            conditions={checklist.conditions}
            audience="referrer"
            about={`the referral of ${instantText(signedUpAt, "day")}`}
          />
        </div>
      )}
    </li>
  );
}
