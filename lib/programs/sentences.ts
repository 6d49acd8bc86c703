import type { BasisPoints } from "@/lib/money/accrual";
import { dollarsExact, dollarsFloored } from "@/lib/money/format";
import type { Nanos } from "@/lib/money/nanos";
import { type Service, services } from "./account";
import { expectedValue, fromCents, ODDS_WEIGHT_TOTAL, type Odds, oddsRange, weightUpTo } from "./odds";
import { runtimeText } from "./pricing";
import type { Bonus, Commission, FixedBonus, Terms, TermsOf, Trigger } from "./terms";

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

/** "$10", "$0.50", "$1,814.40": the exact figure, without the cents of a whole dollar. */
export const dollarsPlain = (amount: Nanos): string => dollarsExact(amount).replace(/\.00$/, "");

/** "3%", "0.25%": a rate in basis points, exactly. */
export const percentText = (rate: BasisPoints): string => `${Number(rate) / 100}%`;

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
    offer: `${verb(trigger)} ${first} and get ${bonusText(bonus)}.`,
    ...whatCounts(trigger, "your"),
    conditions: [...newAccount("You get it", signIns), ...bonusConditions(bonus, credit), takenBack(trigger, "your")],
  };
}

function referral(terms: TermsOf<"referral">): ProgramSentences {
  const { trigger, bonus, credit, signIns, commission, caps, attributionMs } = terms;
  const { counts, doesNotCount } = whatCounts(trigger, "their");
  return {
    title: "Refer and earn",
    offer: `When somebody you refer ${verb(trigger, true)} ${dollarsPlain(trigger.amount)}${onService(trigger)}, you both get ${bonusText(bonus)}; and you earn ${commissionText(commission)}.`,
    counts,
    doesNotCount: [...doesNotCount, ...withoutCommission(commission)],
    conditions: [
      `They follow your link and sign up within ${days(attributionMs)}; the last valid link they followed counts.`,
      ...newAccount("They count", signIns),
      "An account of your own, or one with your e-mail address, earns nothing.",
      windowText(commission),
      "Each of you gets a draw of your own, and so do you for every referral that qualifies.",
      ...(bonus.kind === "draw" ? [] : []),
      ...bonusConditions(bonus, credit),
      takenBack(trigger, "their"),
      ...capTexts(caps),
    ],
  };
}

function referralBeta({ commission, gate, caps }: TermsOf<"referral-beta">): ProgramSentences {
  return {
    title: "Referral, beta terms",
    offer: `You earn ${commissionText(commission)}.`,
    counts: [spendCounts(commission.provenance, "their")],
    doesNotCount: [...creditDoesNotCount(commission.provenance, "their"), ...withoutCommission(commission)],
    conditions: [
      windowText(commission),
      `What you earn is pending until ${gate.accounts} accounts you referred under these terms have spent at least ${dollarsPlain(gate.spend)} together and your application is accepted; then all of it is released.`,
      `If your application is declined, nothing is lost and you can apply again after ${days(gate.reapplyMs)}.`,
      ...capTexts(caps),
    ],
  };
}

function serverlessReferral({ trigger, bonus, credit, caps }: TermsOf<"serverless-referral-beta">): ProgramSentences {
  const { counts, doesNotCount } = whatCounts(trigger, "their");
  return {
    title: "Serverless referral, beta terms",
    offer: `When somebody you refer ${verb(trigger, true)} ${dollarsPlain(trigger.amount)}${onService(trigger)}, you both get ${bonusText(bonus)}, once.`,
    counts,
    doesNotCount,
    conditions: [...bonusConditions(bonus, credit), takenBack(trigger, "their"), ...capTexts(caps)],
  };
}

function templateRoyalty({ royalty, gate, claimMs }: TermsOf<"template-beta">): ProgramSentences {
  return {
    title: "Template royalty",
    offer: `Publish a pod template and earn ${percentText(royalty.rate)} of what others spend on pods started from it, for as long as it exists.`,
    counts: [
      spendCounts(royalty.provenance, "others'"),
      "Everybody's runtime counts towards the gate, your own included.",
    ],
    doesNotCount: [
      "Your own use earns nothing.",
      "Serverless and storage earn nothing.",
      ...creditDoesNotCount(royalty.provenance, "their"),
    ],
    conditions: [
      `What a template earns is pending until it has run ${runtimeText(gate.runtimeMs)} in total; then all of it is released by itself.`,
      `Usage of up to ${days(claimMs)} before you registered the template joins it.`,
      "A referral's commission on the same spend is paid beside it.",
    ],
  };
}

type Whose = "your" | "their" | "others'";

const verb = ({ kind }: Trigger, third = false): string =>
  kind === "spend" ? (third ? "spends" : "Spend") : third ? "loads" : "Load";

const onService = (trigger: Trigger): string =>
  trigger.kind === "spend" && trigger.service ? ` on ${serviceNames[trigger.service]}` : "";

const serviceNames: Record<Service, string> = { pod: "pods", serverless: "serverless", storage: "storage" };

function bonusText(bonus: Bonus): string {
  if (bonus.kind === "draw") {
    const { least, most } = oddsRange(bonus.odds);
    return `a random bonus from ${dollarsPlain(least)} to ${dollarsPlain(most)}`;
  }
  return fixedText(bonus);
}

function fixedText({ amount, byRegion }: FixedBonus): string {
  const amounts = [amount, ...Object.values(byRegion)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const [least = amount] = amounts;
  const most = amounts.at(-1) ?? amount;
  if (least === most) return dollarsPlain(amount);
  return `${dollarsPlain(least)} to ${dollarsPlain(most)}, depending on the region`;
}

function whatCounts(trigger: Trigger, whose: Whose): Pick<ProgramSentences, "counts" | "doesNotCount"> {
  if (trigger.kind === "load") {
    return {
      counts: ["Deposits count, spent or not."],
      doesNotCount: ["A deposit that is refunded or charged back no longer counts."],
    };
  }
  const { service } = trigger;
  return {
    counts: [
      service
        ? `Usage of ${serviceNames[service]} paid from ${whose} prepaid balance counts.`
        : `Usage paid from ${whose} prepaid balance counts, whatever the service.`,
      "Usage beyond the balance counts as soon as a deposit pays for it.",
    ],
    doesNotCount: [
      "A deposit alone does not count: it has to be spent.",
      ...creditDoesNotCount("paid", whose),
      ...(service ? ["Other services do not count."] : []),
    ],
  };
}

const spendCounts = (provenance: Commission["provenance"], whose: Whose): string =>
  provenance === "paid"
    ? `Usage paid from ${whose} prepaid balance${whose === "others'" ? "s" : ""} counts.`
    : `All of ${whose} usage counts, whichever credit pays for it.`;

const creditDoesNotCount = (provenance: Commission["provenance"], _whose: Whose): string[] =>
  provenance === "paid" ? ["Usage paid with bonus, earned or bought credit does not count."] : [];

function commissionText({ rates, window }: Commission): string {
  const time = window.kind === "months" ? `for ${window.months} months` : "for as long as their account lives";
  const paying = services.filter((service) => rates[service] > 0n);
  const same = new Set(services.map((service) => rates[service])).size === 1;
  if (same) return `${percentText(rates.pod)} of every dollar they spend, ${time}`;
  const parts = paying.map(
    (service) => `${percentText(rates[service])} of what they spend on ${serviceNames[service]}`,
  );
  return `${listed(parts)} ${time}`;
}

const withoutCommission = ({ rates }: Commission): string[] => {
  const names = services.filter((service) => rates[service] === 0n).map((service) => serviceNames[service]);
  return names.length > 0 ? [`Their use of ${listed(names)} earns no commission.`] : [];
};

const windowText = ({ window }: Commission): string =>
  window.kind === "months"
    ? `Commission runs for ${window.months} calendar months from the instant they sign up (UTC); usage that ends at or after the last instant earns nothing.`
    : "Commission has no end.";

function newAccount(who: string, signIns: TermsOf<"signup-bonus">["signIns"]): string[] {
  const one = `${who} once, as a new account: no earlier one, deleted ones included, had the same e-mail address.`;
  if (signIns === null) return [one];
  return [
    one,
    `The account is opened with ${listed(
      signIns.map((method) => signInNames[method]),
      "or",
    )}.`,
  ];
}

const signInNames = { google: "Google", github: "GitHub", email: "an e-mail link" };

function bonusConditions(bonus: Bonus, credit: TermsOf<"signup-bonus">["credit"]): string[] {
  const held = credit.holdMs > 0n ? [`It can be spent ${runtimeText(credit.holdMs)} after it appears.`] : [];
  return [
    ...(bonus.kind === "draw" ? [oddsSentence(bonus.odds), "It is drawn once, and anyone can check the draw."] : []),
    "It pays for any service before your prepaid balance does, and cannot be withdrawn, refunded or sold.",
    ...held,
    credit.expiryMs === null ? "It does not expire." : `It expires ${days(credit.expiryMs)} after it appears.`,
  ];
}

const takenBack = (trigger: Trigger, whose: "your" | "their"): string =>
  `If a refund or chargeback brings ${whose} ${trigger.kind === "spend" ? "spend" : "deposits"} below ${dollarsPlain(trigger.amount)}, the bonus is taken back; when it is reached again, the same amount returns.`;

function capTexts({
  bonusesMax,
  commissionMax,
}: {
  bonusesMax?: number | null;
  commissionMax?: Nanos | null;
}): string[] {
  return [
    ...(bonusesMax ? [`You can get at most ${bonusesMax} such ${bonusesMax === 1 ? "bonus" : "bonuses"}.`] : []),
    ...(commissionMax ? [`You can earn at most ${dollarsPlain(commissionMax)} in commission.`] : []),
  ];
}

const days = (durationMs: bigint): string => {
  const count = durationMs / 86_400_000n;
  return count === 1n ? "1 day" : `${count} days`;
};

const listed = (parts: readonly string[], last = "and"): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} ${last} ${parts.at(-1)}`;
