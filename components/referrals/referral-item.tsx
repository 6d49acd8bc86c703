import Link from "next/link";
import type { ReactNode } from "react";
import { bonusWords } from "@/components/bonus-state";
import { WhyNotYet } from "@/components/checklist/why-not-yet";
import { Instant } from "@/components/instant";
import { instantText } from "@/components/instant-text";
import { LiveMoney } from "@/components/live-money";
import { Money } from "@/components/money";
import { Badge } from "@/components/ui/badge";
import { classes } from "@/components/ui/classes";
import { MilestoneLine } from "./milestone-line";
import {
  type PairChecklist,
  type ReferralBonus,
  type ReferralWindow,
  type ShownReferral,
  serviceLabels,
} from "./referral";
import { holdWords, stageWords, voidReasonWords } from "./referral-words";

interface ReferralItemProps {
  referral: ShownReferral;
  checklist: PairChecklist | undefined;
}

/** One referral: how far it came, what it earned by service, how long it goes on, its bonus, and what that waits for. */
export function ReferralItem({ referral, checklist }: ReferralItemProps) {
  const { signedUpAt, stage, voidReason, hold, earned, earnedTotal, window, bonus, id } = referral;
  const words = stageWords[stage];
  return (
    <li className="border-line border-b py-4 first:pt-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h3 className="flex flex-wrap items-baseline gap-x-3 gap-y-1 font-medium">
          <span>
            Referral of <Instant at={signedUpAt} precision="day" />
          </span>
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
        <dl className="mt-2 grid grid-cols-2 gap-x-6 gap-y-2 text-sm lg:grid-cols-[1fr_1fr_1.6fr_1.6fr]">
          {earned.map(({ service, rate, amount }) => (
            <Detail key={service} term={`${serviceLabels[service]}, ${rate}`}>
              <LiveMoney amount={amount} />
            </Detail>
          ))}
          <Detail term={window.isOver ? "Earned until" : "Earns until"} wide>
            <WindowEnd window={window} />
          </Detail>
          <Detail term="Your bonus" wide>
            <BonusText bonus={bonus} drawId={id} />
          </Detail>
        </dl>
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

function Detail({ term, wide = false, children }: { term: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={classes("min-w-0", wide && "max-sm:col-span-2")}>
      <dt className="text-muted">{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function WindowEnd({ window }: { window: ReferralWindow }) {
  if (window.end === null) return "no end, as long as the account lives";
  return (
    <>
      <Instant at={window.end} precision="second" />
      {window.isOver && <span className="text-muted">, now over</span>}
    </>
  );
}

const noBonus: Record<Extract<ReferralBonus, { state: "none" }>["reason"], string> = {
  void: "none: the referral does not count",
  imported: "none: it was a customer before",
  sign_in_method: "none: it was opened by a sign-in that the terms leave out",
  terms: "none under its terms",
};

/** Why what was drawn is not in the referrer's credit, by the review of the pair. */
const notPosted = {
  none: "taken back while they are below the trigger",
  held: "not posted while a person looks at this referral",
  refused: "not posted: a person looked at this referral and decided against it",
} as const;

function BonusText({ bonus, drawId }: { bonus: ReferralBonus; drawId: string }) {
  switch (bonus.state) {
    case "none":
      return noBonus[bonus.reason];
    case "locked":
      return (
        <>
          drawn when their {bonus.counted === "deposits" ? "deposits reach" : "spend reaches"}{" "}
          <Money amount={bonus.trigger} />
        </>
      );
    case "taken_back":
    case "drawn":
      return (
        <>
          <Money amount={bonus.amount} />,{" "}
          <Link className="link" href={`/bonus/${drawId}`}>
            drawn <Instant at={bonus.drawnAt} precision="day" />
          </Link>
          {bonus.state === "taken_back" && `, ${notPosted[bonus.review ?? "none"]}`}
        </>
      );
    default: {
      const { label, tone, meaning } = bonusWords(bonus.state, bonus.reason, "referrer");
      return (
        <>
          <Badge tone={tone}>{label}</Badge>
          {bonus.reason !== null && <span className="mt-1 block text-muted">{meaning}</span>}
        </>
      );
    }
  }
}
