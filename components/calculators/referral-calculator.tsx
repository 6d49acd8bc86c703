"use client";

import { useState } from "react";
import type { BasisPoints } from "@/lib/money/accrual";
import { dollarsExact, dollarsFloored, percentText } from "@/lib/money/format";
import type { Nanos } from "@/lib/money/nanos";
import type { Service } from "@/lib/programs/account";
import { simulateReferral } from "@/lib/programs/simulate";
import { Calculator } from "./calculator";
import { bonusesText, type ReferrerBonus } from "./referrer-bonuses";
import { typedCount, typedDollars } from "./typed";
import { TypedField } from "./typed-field";

export interface ReferralRules {
  rates: Record<Service, BasisPoints>;
  /** Whether only what money paid for counts, or all usage. */
  provenance: "paid" | "any";
  /** Calendar months from sign-up; null for as long as the account lives. */
  months: number | null;
  /** Paid spend at which both sides get a bonus, dollars; null where it is not by spend. */
  trigger: string | null;
  /** The most one referrer earns; null for no limit. */
  commissionMax: Nanos | null;
  bonus: ReferrerBonus;
}

/** Of a lifetime, as much is shown. */
const MONTHS_SHOWN = 12;

/** What people who follow a link earn their referrer, by the rules that run on real usage. */
export function ReferralCalculator({ rules, from }: { rules: ReferralRules; from: string }) {
  const [friends, setFriends] = useState("3");
  const [pods, setPods] = useState("50");
  const [serverless, setServerless] = useState("20");
  const fields = { friends: typedCount(friends), pods: typedDollars(pods), serverless: typedDollars(serverless) };
  const months = rules.months ?? MONTHS_SHOWN;
  const forecast =
    fields.friends.ok && fields.pods.ok && fields.serverless.ok
      ? forecastOf(rules, { from, months, pod: fields.pods.value, serverless: fields.serverless.value })
      : null;
  const count = fields.friends.ok ? fields.friends.value : 0n;
  const bonus =
    rules.trigger === null
      ? ""
      : forecast?.bonusMonth == null
        ? "At this pace no bonus becomes due."
        : `From month ${forecast.bonusMonth} on, both sides of each pair have a bonus drawn as well${rules.bonus.isMostlyBelowMean ? "; most draws are below the average" : ""}.`;
  return (
    <Calculator
      title="What a link earns"
      result={
        forecast ? (
          <>
            {dollarsFloored(limited((forecast.commission * count) as Nanos, rules.commissionMax))}
            {forecast.bonusMonth !== null && (
              <span className="mt-1 block font-normal text-base tracking-normal">
                {bonusesText(rules.bonus, count)}
              </span>
            )}
          </>
        ) : (
          "–"
        )
      }
      note={
        forecast
          ? `in ${months} months: commission on ${dollarsExact((forecast.spent * count) as Nanos)} of their ${rules.provenance === "paid" ? "paid spend" : "usage"}, ${percentText(rules.rates.pod)} on pods and ${percentText(rules.rates.serverless)} on serverless. ${bonus}`
          : "Correct the field above to see it."
      }
    >
      <TypedField
        label="People who follow your link"
        name="friends"
        value={friends}
        onType={setFriends}
        typed={fields.friends}
      />
      <div className="grid gap-3 sm:grid-cols-2">
        <TypedField
          label="Pods, each a month"
          name="pods"
          isDollars
          value={pods}
          onType={setPods}
          typed={fields.pods}
        />
        <TypedField
          label="Serverless"
          name="serverless"
          isDollars
          value={serverless}
          onType={setServerless}
          typed={fields.serverless}
        />
      </div>
    </Calculator>
  );
}

const limited = (amount: Nanos, most: Nanos | null): Nanos => (most !== null && most < amount ? most : amount);

function forecastOf(
  { rates, provenance, trigger }: ReferralRules,
  { from, months, pod, serverless }: { from: string; months: number; pod: Nanos; serverless: Nanos },
) {
  const amount = trigger === null ? null : typedDollars(trigger);
  return simulateReferral({
    bonusTrigger: amount?.ok ? { kind: "spend", amount: amount.value, service: null } : null,
    commission: {
      rates,
      provenance,
    },
    from: new Date(from),
    months,
    monthly: { pod, serverless },
  });
}
