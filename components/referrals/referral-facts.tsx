import type { ReactNode } from "react";
import { bonusWords } from "@/components/bonus-state";
import { Instant } from "@/components/instant";
import { LiveMoney } from "@/components/live-money";
import { Money } from "@/components/money";
import { Badge } from "@/components/ui/badge";
import { classes } from "@/components/ui/classes";
import { Link } from "@/components/ui/link";
import { Countdown } from "./countdown";
import { ForecastLine } from "./forecast-line";
import {
  type ReferralBonus,
  type ReferralWindow,
  type ShownForecast,
  type ShownReferral,
  serviceLabels,
} from "./referral";

interface ReferralFactsProps {
  referral: ShownReferral;
  forecast: ShownForecast | undefined;
  /** Milliseconds since 1970. */
  nowMs: number;
}

/** What a referral earned by service, what it may come to, how long it goes on, and its bonus. */
export function ReferralFacts({ referral, forecast, nowMs }: ReferralFactsProps) {
  const { earned, window, bonus, id } = referral;
  return (
    <dl className="mt-2 grid grid-cols-2 gap-x-6 gap-y-2 text-sm lg:grid-cols-[1fr_1fr_1.6fr_1.6fr]">
      {earned.map(({ service, rate, amount }) => (
        <Detail key={service} term={`${serviceLabels[service]}, ${rate}`}>
          <LiveMoney amount={amount} />
        </Detail>
      ))}
      <Detail term={window.isOver ? "Earned until" : "Earns until"} wide>
        <WindowEnd window={window} nowMs={nowMs} />
      </Detail>
      <Detail term="Your bonus" wide>
        <BonusText bonus={bonus} drawId={id} />
      </Detail>
      {forecast && (
        <Detail term="By the end of its window" whole>
          <ForecastLine {...forecast} />
        </Detail>
      )}
    </dl>
  );
}

interface DetailProps {
  term: string;
  /** The whole row where the screen is narrow, or everywhere. */
  wide?: boolean;
  whole?: boolean;
  children: ReactNode;
}

function Detail({ term, wide = false, whole = false, children }: DetailProps) {
  return (
    <div className={classes("min-w-0", wide && "max-sm:col-span-2", whole && "col-span-full")}>
      <dt className="text-muted">{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function WindowEnd({ window, nowMs }: { window: ReferralWindow; nowMs: number }) {
  if (window.end === null) return "no end, as long as the account lives";
  return (
    <>
      <Instant at={window.end} precision="second" />
      {window.isOver ? (
        <span className="text-muted">, now over</span>
      ) : (
        <span className="block text-muted">
          <Countdown untilMs={Date.parse(window.end)} nowMs={nowMs} /> left
        </span>
      )}
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
