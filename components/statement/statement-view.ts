import { NANOS_PER_CENT } from "@/lib/money/nanos";
import { parseAmount } from "@/lib/money/parse";
import { postingTitle } from "./posting-text";

/** What is asked of a statement, as its address and its form have it. */
export interface StatementTyped {
  words: string;
  kind: string;
  /** Days, YYYY-MM-DD, UTC, both included. */
  from: string;
  to: string;
  /** Dollars, both included. */
  least: string;
  most: string;
}

export interface StatementView {
  typed: StatementTyped;
  wanted: {
    words: { text: string; kinds: string[] }[];
    kind: string | null;
    least: bigint | null;
    most: bigint | null;
    since: Date | null;
    until: Date | null;
  };
  /** What is wrong with a field, and what to do: it is not searched by. */
  errors: Partial<Record<keyof StatementTyped, string>>;
}

type Search = Readonly<Record<string, string | string[] | undefined>>;

const WORDS_LENGTH_MAX = 200;
const WORDS_MAX = 8;
const DAY_MS = 86_400_000;

const kinds = [
  "usage",
  "void",
  "deposit",
  "refund",
  "refund_failed",
  "chargeback",
  "dispute_won",
  "bonus",
  "bonus-back",
  "grant",
  "commission",
  "royalty",
  "milestone",
  "milestone-back",
  "release",
  "expiry",
  "settlement",
  "opening",
] as const;

/** Where the title says more than its kind does. */
const plainTitles: Partial<Record<string, string>> = {
  usage: "Usage",
  void: "Usage taken back",
  grant: "Credit granted",
  royalty: "Royalty",
  release: "Held credit released",
};

const titleOf = (kind: string, explains: Record<string, string> = {}): string =>
  plainTitles[kind] ?? postingTitle({ kind, cause: "", explains });

/** What can be chosen from. */
export const kindChoices = [
  { value: "", label: "Anything" },
  ...kinds.map((kind) => ({ value: kind, label: titleOf(kind) })),
];

/** How each kind is said on the statement, a deposit with its method: "stablecoin" finds `deposit:crypto`. */
const said = [
  ...kinds.map((kind) => ({ key: kind as string, text: titleOf(kind) })),
  ...["card", "crypto", "invoice"].map((method) => ({
    key: `deposit:${method}`,
    text: titleOf("deposit", { method }),
  })),
].map(({ key, text }) => ({ key, text: text.toLowerCase() }));

const one = (search: Search, name: string): string => {
  const value = search[name];
  return ((Array.isArray(value) ? value[0] : value) ?? "").trim();
};

/** Reads the address. What it says wrongly is kept to be corrected, and not searched by. */
export function readStatementView(search: Search): StatementView {
  const typed: StatementTyped = {
    words: one(search, "words").slice(0, WORDS_LENGTH_MAX),
    kind: kinds.find((kind) => kind === one(search, "kind")) ?? "",
    from: one(search, "from").slice(0, 32),
    to: one(search, "to").slice(0, 32),
    least: one(search, "least").slice(0, 32),
    most: one(search, "most").slice(0, 32),
  };
  const errors: StatementView["errors"] = {};
  const since = readDay(typed.from);
  const lastDay = readDay(typed.to);
  if (since === undefined) errors.from = DAY_WRONG;
  if (lastDay === undefined) errors.to = DAY_WRONG;
  if (since && lastDay && lastDay < since) errors.to = "This is before the first day: choose a later one.";
  const least = readAmount(typed.least);
  const most = readAmount(typed.most);
  if (least === undefined) errors.least = AMOUNT_WRONG;
  if (most === undefined) errors.most = AMOUNT_WRONG;
  if (least && most && most.to < least.from) errors.most = "This is less than the least: enter more.";
  return {
    typed,
    errors,
    wanted: {
      words: wordsOf(typed.words),
      kind: typed.kind === "" ? null : typed.kind,
      least: least?.from ?? null,
      most: errors.most ? null : (most?.to ?? null),
      since: since ?? null,
      until: lastDay && !errors.to ? new Date(lastDay.getTime() + DAY_MS) : null,
    },
  };
}

const DAY_WRONG = "Write a day as year-month-day: 2026-05-03.";
const AMOUNT_WRONG = "Write dollars with a point: 18.14.";

/** Null for nothing, undefined for what is no day. */
export function readDay(text: string): Date | null | undefined {
  if (text === "") return null;
  const day = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) ? new Date(`${text}T00:00:00.000Z`) : undefined;
  // The 31st of a month that has 30 days would be read as the next one's first.
  return day && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? day : undefined;
}

/** The amounts that are shown as what was typed: whole cents stand for all that are cut off to them. */
function readAmount(typed: string): { from: bigint; to: bigint } | null | undefined {
  const text = typed.replace(/^\$/, "").replaceAll(",", "");
  if (text === "") return null;
  const parsed = parseAmount(text);
  if (!parsed.ok) return undefined;
  const isExact = (text.split(".")[1] ?? "").length > 2;
  return { from: parsed.nanos, to: isExact ? parsed.nanos : parsed.nanos + NANOS_PER_CENT - 1n };
}

function wordsOf(text: string): StatementView["wanted"]["words"] {
  const words = text.split(/\s+/).filter((word) => word !== "");
  return words.slice(0, WORDS_MAX).map((word) => ({
    text: word,
    kinds: said.filter((each) => each.text.includes(word.toLowerCase())).map(({ key }) => key),
  }));
}

/** Whether anything is looked for. */
export const isSearch = ({ typed }: StatementView): boolean => Object.values(typed).some((value) => value !== "");

/** The address of what a view shows. */
export function statementHref(
  { typed }: StatementView,
  path = "/statement",
  more: Record<string, string> = {},
): string {
  const query = new URLSearchParams([...Object.entries(typed), ...Object.entries(more)].filter(([, value]) => value));
  return query.size === 0 ? path : `${path}?${query}`;
}
