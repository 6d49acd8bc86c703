import { amountText } from "@/lib/money/format";
import type { TermsOf } from "@/lib/programs/terms";
import type { ReferralRules } from "./referral-calculator";

/** The terms of a referral program as far as the calculator needs them, as they cross to the browser. */
export function referralRules({ commission, trigger, caps }: TermsOf<"referral">): ReferralRules {
  const { window, rates, provenance } = commission;
  return {
    rates,
    provenance,
    months: window.kind === "months" ? window.months : null,
    trigger: trigger.kind === "spend" && trigger.service === null ? amountText(trigger.amount) : null,
    commissionMax: caps.commissionMax,
  };
}
