import { amountText } from "@/lib/money/format";
import { bonusOdds } from "@/lib/programs/bonus-odds";
import { expectedValue, isMostlyBelowMean } from "@/lib/programs/odds";
import type { Bonus, TermsOf } from "@/lib/programs/terms";
import type { ReferralRules } from "./referral-calculator";
import type { ReferrerBonus } from "./referrer-bonuses";

/** The terms of a referral program as far as the calculator needs them, as they cross to the browser. */
export function referralRules({ commission, trigger, bonus, caps }: TermsOf<"referral">): ReferralRules {
  const { window, rates, provenance } = commission;
  return {
    rates,
    provenance,
    months: window.kind === "months" ? window.months : null,
    trigger: trigger.kind === "spend" && trigger.service === null ? amountText(trigger.amount) : null,
    commissionMax: caps.commissionMax,
    bonus: referrerBonus(bonus, caps.bonusesMax),
  };
}

/** Of a fixed bonus that differs by region, what it is elsewhere: nobody's region is known here. */
function referrerBonus(bonus: Bonus, countMax: number | null): ReferrerBonus {
  const odds = bonusOdds(bonus, null);
  return {
    mean: expectedValue(odds),
    isDrawn: bonus.kind === "draw",
    isMostlyBelowMean: isMostlyBelowMean(odds),
    countMax,
  };
}
