import { dollarsExact, percentText } from "@/lib/money/format";
import type { Nanos } from "@/lib/money/nanos";
import { type Provenance, type Service, services, type Trigger } from "./account";
import { oddsRange } from "./odds";
import type { Bonus, Commission, FixedBonus, TermsOf } from "./terms";

/** "$10", "$0.50", "$1,814.40": the exact figure, without the cents of a whole dollar. */
export const dollarsPlain = (amount: Nanos): string => dollarsExact(amount).replace(/\.00$/, "");

type Whose = "your" | "their";

export const verbs = { spend: { you: "Spend", they: "spends" }, load: { you: "Load", they: "loads" } };

export const onService = (trigger: Trigger): string =>
  trigger.kind === "spend" && trigger.service ? ` on ${serviceNames[trigger.service]}` : "";

/** "paid spend on serverless", "paid spend", "deposits": what is measured against a trigger. */
export const triggerNoun = (trigger: Trigger): string =>
  trigger.kind === "load" ? "deposits" : `paid spend${onService(trigger)}`;

const serviceNames: Record<Service, string> = { pod: "pods", serverless: "serverless", storage: "storage" };

export function bonusText(bonus: Bonus | FixedBonus): string {
  const { least, most } = bonusBounds(bonus);
  if (bonus.kind === "draw") return `a random bonus from ${dollarsPlain(least)} to ${dollarsPlain(most)}`;
  if (least === most) return dollarsPlain(least);
  return `${dollarsPlain(least)} to ${dollarsPlain(most)}, depending on the region`;
}

/** The least and the most that a bonus can be, wherever one lives. */
export function bonusBounds(bonus: Bonus | FixedBonus): { least: Nanos; most: Nanos } {
  if (bonus.kind === "draw") return oddsRange(bonus.odds);
  const { amount, byRegion } = bonus;
  const amounts = [amount, ...Object.values(byRegion)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return { least: amounts[0] ?? amount, most: amounts.at(-1) ?? amount };
}

/** What a fixed bonus is in each region that it names, and elsewhere; nothing where it is the same everywhere. */
export function regionTexts({ amount, byRegion }: FixedBonus): string[] {
  const named = Object.entries(byRegion).sort(([a], [b]) => (a < b ? -1 : 1));
  if (named.length === 0) return [];
  const parts = named.map(([name, worth]) => `${dollarsPlain(worth)} in ${name}`);
  return [
    `It is ${listed(parts)}, and ${dollarsPlain(amount)} elsewhere; the region is that of the account it goes to.`,
  ];
}

export function whatCounts(trigger: Trigger, whose: Whose, towards = ""): { counts: string[]; doesNotCount: string[] } {
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
      ...creditDoesNotCount("paid", towards),
      ...(service ? ["Other services do not count."] : []),
    ],
  };
}

export const spendCounts = (provenance: Provenance): string =>
  provenance === "paid"
    ? "Usage paid from their prepaid balance counts."
    : "All of their usage counts, whichever credit pays for it.";

export const creditDoesNotCount = (provenance: Provenance, towards = ""): string[] =>
  provenance === "paid" ? [`Usage paid with bonus, earned or bought credit does not count${towards}.`] : [];

export function commissionText({ rates, window }: Commission, whose: Whose = "their"): string {
  const they = whose === "their" ? "they" : "you";
  const time =
    window.kind === "months" ? `for ${counted(window.months, "month")}` : `for as long as ${whose} account lives`;
  const paying = services.filter((service) => rates[service] > 0n);
  const same = new Set(services.map((service) => rates[service])).size === 1;
  if (same) return `${percentText(rates.pod)} of every dollar ${they} spend, ${time}`;
  const parts = paying.map(
    (service) => `${percentText(rates[service])} of what ${they} spend on ${serviceNames[service]}`,
  );
  return `${listed(parts)} ${time}`;
}

export const withoutCommission = ({ rates }: Commission): string[] => {
  const names = services.filter((service) => rates[service] === 0n).map((service) => serviceNames[service]);
  return names.length > 0 ? [`Their use of ${listed(names)} earns no commission.`] : [];
};

export const windowText = ({ window }: Commission): string =>
  window.kind === "months"
    ? `Commission runs for ${counted(window.months, "calendar month")} from their sign-up, to the same day and time (UTC); usage that ends then or later earns nothing.`
    : "Commission has no end.";

export function newAccount(who: string, signIns: TermsOf<"signup-bonus">["signIns"]): string[] {
  const one = `${who} once, as a new account: no earlier one, deleted ones included, had the same e-mail address.`;
  if (signIns === null) return [one];
  const ways = signIns.map((method) => signInNames[method]);
  return [one, `There is a bonus only for an account that was opened with ${listed(ways, "or")}.`];
}

const signInNames = { google: "Google", github: "GitHub", email: "an e-mail link" };

export const takenBack = (trigger: Trigger, whose: Whose): string =>
  `If a refund or chargeback brings ${whose} ${trigger.kind === "spend" ? `spend${onService(trigger)}` : "deposits"} below ${dollarsPlain(trigger.amount)}, the bonus is taken back; when that is reached again, the same amount returns.`;

export function capTexts({
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

export const days = (durationMs: bigint): string => counted(durationMs / 86_400_000n, "day");

export const counted = (count: number | bigint, noun: string): string =>
  `${count} ${noun}${BigInt(count) === 1n ? "" : "s"}`;

export const sentenceCase = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

const listed = (parts: readonly string[], last = "and"): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} ${last} ${parts.at(-1)}`;
