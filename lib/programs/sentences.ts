import { dollarsFloored, percentText } from "@/lib/money/format";
import { expectedValue, fromCents, ODDS_WEIGHT_TOTAL, type Odds, weightUpTo } from "./odds";
import {
  bonusText,
  capTexts,
  commissionText,
  counted,
  creditDoesNotCount,
  days,
  dollarsPlain,
  newAccount,
  onService,
  regionTexts,
  spendCounts,
  takenBack,
  verbs,
  whatCounts,
  windowText,
  withoutCommission,
} from "./phrases";
import { runtimeText } from "./pricing";
import type { Bonus, FixedBonus, Terms, TermsOf } from "./terms";

/** What a customer is told about a program; every figure in it comes from the terms the rules run on. */
export interface ProgramSentences {
  title: string;
  /** The whole offer in one sentence. */
  offer: string;
  counts: string[];
  doesNotCount: string[];
  conditions: string[];
}

export function programSentences(terms: Terms): ProgramSentences {
  switch (terms.program) {
    case "signup-bonus":
      return signupBonus(terms);
    case "referral":
      return referral(terms);
    case "referral-beta":
      return referralBeta(terms);
    case "serverless-referral-beta":
      return serverlessReferral(terms);
    case "template-beta":
      return templateRoyalty(terms);
  }
}

/** "70% are $5, 96.5% are $10 or less": where most draws of these odds fall, and their exact mean, floored to cents. */
export function oddsSentence(odds: Odds): string {
  const share = (weight: number) => `${(weight * 100) / ODDS_WEIGHT_TOTAL}%`;
  const parts: string[] = [];
  const [first] = odds.tiers;
  if (first && first[1] === first[2]) parts.push(`${share(first[0])} are ${dollarsPlain(fromCents(first[1]))}`);
  const bounds = odds.tiers.map(([, , max]) => ({ max, weight: weightUpTo(odds, max) ?? 0 }));
  const most = bounds.find(({ weight }) => weight >= 0.9 * ODDS_WEIGHT_TOTAL && weight < ODDS_WEIGHT_TOTAL);
  if (most && most.max !== first?.[1])
    parts.push(`${share(most.weight)} are ${dollarsPlain(fromCents(most.max))} or less`);
  parts.push(`the average is ${dollarsFloored(expectedValue(odds))}`);
  return `Of all bonuses ${parts.join(", ")}.`;
}

function signupBonus({ trigger, bonus, credit, signIns }: TermsOf<"signup-bonus">): ProgramSentences {
  const first = `your first ${dollarsPlain(trigger.amount)}${onService(trigger)}`;
  return {
    title: `A bonus for ${first}`,
    offer: `${verbs[trigger.kind].you} ${first} and get ${bonusText(bonus)}.`,
    ...whatCounts(trigger, "your"),
    conditions: [...newAccount("You get it", signIns), ...bonusConditions(bonus, credit), takenBack(trigger, "your")],
  };
}

function referral(terms: TermsOf<"referral">): ProgramSentences {
  const { trigger, bonus, credit, signIns, commission, caps, attributionMs } = terms;
  const anyCredit = commission.provenance === "any";
  const { counts, doesNotCount } = whatCounts(trigger, "their", anyCredit ? " towards the bonus" : "");
  return {
    title: "Refer and earn",
    offer: `When somebody you refer ${verbs[trigger.kind].they} ${dollarsPlain(trigger.amount)}${onService(trigger)}, you both get ${bonusText(bonus)}; and you earn ${commissionText(commission)}.`,
    counts: anyCredit ? [...counts, "All of their usage earns commission, whichever credit pays for it."] : counts,
    doesNotCount: [...doesNotCount, ...withoutCommission(commission)],
    conditions: [
      `They follow your link and sign up within ${days(attributionMs)}; the last valid link they followed counts.`,
      ...newAccount("They count", signIns),
      "An account of your own, or one with your e-mail address, earns nothing.",
      windowText(commission),
      bonus.kind === "draw"
        ? "Each of you has a draw of your own; you have one for every referral that qualifies."
        : "You get it for every referral that qualifies.",
      ...bonusConditions(bonus, credit),
      takenBack(trigger, "their"),
      ...capTexts(caps),
    ],
  };
}

function referralBeta({ commission, gate, caps }: TermsOf<"referral-beta">): ProgramSentences {
  return {
    title: "Referral, beta terms",
    offer: `From everybody you refer you earn ${commissionText(commission)}.`,
    counts: [spendCounts(commission.provenance)],
    doesNotCount: [...creditDoesNotCount(commission.provenance), ...withoutCommission(commission)],
    conditions: [
      windowText(commission),
      `What you earn is pending until ${counted(gate.accounts, "account")} you referred under these terms spent at least ${dollarsPlain(gate.spend)} together and your application is accepted; then all of it is released.`,
      `If your application is declined, nothing is lost and you can apply again after ${days(gate.reapplyMs)}.`,
      ...capTexts(caps),
    ],
  };
}

function serverlessReferral({ trigger, bonus, credit, caps }: TermsOf<"serverless-referral-beta">): ProgramSentences {
  const { counts, doesNotCount } = whatCounts(trigger, "their");
  return {
    title: "Serverless referral, beta terms",
    offer: `When somebody you refer ${verbs[trigger.kind].they} ${dollarsPlain(trigger.amount)}${onService(trigger)}, you both get ${bonusText(bonus)}, once.`,
    counts,
    doesNotCount,
    conditions: [...bonusConditions(bonus, credit), takenBack(trigger, "their"), ...capTexts(caps)],
  };
}

function templateRoyalty({ royalty, gate, claimMs }: TermsOf<"template-beta">): ProgramSentences {
  return {
    title: "Template royalty",
    offer: `Publish a pod template and earn ${percentText(royalty.rate)} of what others spend on pods started from it, for as long as it exists.`,
    counts: [spendCounts(royalty.provenance), "Everybody's runtime counts towards the gate, your own included."],
    doesNotCount: [
      "Your own use earns nothing.",
      "Serverless and storage earn nothing.",
      ...creditDoesNotCount(royalty.provenance),
    ],
    conditions: [
      `What a template earns is pending until it has run ${runtimeText(gate.runtimeMs)} in total; then all of it is released by itself.`,
      `Usage of up to ${days(claimMs)} before you registered the template joins it.`,
      "A referral's commission on the same spend is paid beside it.",
    ],
  };
}

function bonusConditions(bonus: Bonus | FixedBonus, credit: TermsOf<"signup-bonus">["credit"]): string[] {
  const held = credit.holdMs > 0n ? [`The bonus can be spent ${runtimeText(credit.holdMs)} after it appears.`] : [];
  return [
    ...(bonus.kind === "draw"
      ? [oddsSentence(bonus.odds), "A bonus is drawn once, and anyone can check the draw."]
      : regionTexts(bonus)),
    "The bonus pays for any service before your prepaid balance does, and cannot be withdrawn, refunded or sold.",
    ...held,
    credit.expiryMs === null
      ? "The bonus does not expire."
      : `The bonus expires ${days(credit.expiryMs)} after it ${credit.holdMs > 0n ? "can be spent" : "appears"}.`,
  ];
}
