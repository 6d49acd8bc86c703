import type { Nanos } from "@/lib/money/nanos";
import type { Provenance, Trigger } from "./account";
import { type BonusState, bonusStateOf, type DrawState, type PairReview } from "./bonus-state";
import { type BetaGateMissing, runtimeMissing } from "./gates";
import { CAP, isQueueReason } from "./suspicion";

export const conditionNames = [
  "followed_link",
  "other_person",
  "new_account",
  "sign_in",
  "spending",
  "spend",
  "load",
  "cap",
  "review",
  "budget",
  "round",
  "standing",
  "load_standing",
  "window",
  "pair",
  "runtime",
  "gate_accounts",
  "gate_spend",
  "application",
] as const;
export type ConditionName = (typeof conditionNames)[number];

/** `failed` says that it will not come by waiting. */
export type ConditionState = "met" | "not_yet" | "failed";

/** How much of what. */
export type Missing =
  | { of: "dollars"; amount: Nanos }
  | { of: "milliseconds"; amount: bigint }
  | { of: "accounts"; amount: number };

/** One thing a reward waits for. */
export interface Condition {
  name: ConditionName;
  state: ConditionState;
  /** What is still to come; null where nothing is, where it cannot be counted, or where it is not the reader's to know. */
  missing: Missing | null;
  /** From a closed list: `not_new`, `imported`, `sign_in_method`, `self`, `paused`, `budget`, `cap`, `any_credit`, a suspicion, `over`, `declined`. */
  reason: string | null;
  /** An operator's words, for both sides to read. */
  said: string | null;
  /** The instant a window ends, or a wait does; milliseconds since 1970. */
  untilMs: number | null;
}

const condition = (name: ConditionName, state: ConditionState, rest: Partial<Condition> = {}): Condition => ({
  missing: null,
  reason: null,
  said: null,
  untilMs: null,
  ...rest,
  name,
  state,
});

const dollars = (amount: Nanos): Missing => ({ of: "dollars", amount });

/** A bonus on its way, as far as its conditions are concerned. */
export interface BonusFacts {
  /** Decided when the account was made: `not_new`, `imported`, `sign_in_method`; null where it may come. */
  notEligible: string | null;
  /** Whether the terms ask for certain ways to sign in. */
  asksForSignIn: boolean;
  draw: { state: DrawState; heldReason: string | null } | null;
  /** Whether it stands; null before it is drawn. */
  isPosted: boolean | null;
  /** Its pair's review. */
  hold: PairReview | null;
  /** The most such bonuses that a referrer gets; null where there is no limit, and for an account's own. */
  bonusesMax: number | null;
  /** What is judged: paid spend, or deposits. */
  trigger: Trigger["kind"];
  /** Whether the trigger was ever reached: from then on the draw goes its way. */
  wasReached: boolean;
  /** What `missingTo` says now. */
  missing: Nanos;
  /** What an operator said when deciding on it. */
  said: string | null;
}

/**
 * Every condition of an account's own new-account bonus, in the order they are judged. Made of what the rules decide
 * by: `missingTo` for the trigger, `bonusStateOf` for the draw.
 */
export function ownBonusChecklist(bonus: BonusFacts): Condition[] {
  return [...newAccount(bonus.notEligible, bonus), ...spendAndDraw(bonus, { amountsShown: true })];
}

/** What the account itself has to be, decided once and for good. */
function newAccount(reason: string | null, bonus: Pick<BonusFacts, "asksForSignIn"> | null): Condition[] {
  if (reason === SIGN_IN) return [condition("new_account", "met"), condition("sign_in", "failed", { reason })];
  if (reason !== null) return [condition("new_account", "failed", { reason })];
  return [condition("new_account", "met"), ...(bonus?.asksForSignIn ? [condition("sign_in", "met")] : [])];
}

const SIGN_IN = "sign_in_method";
/** By terms of any provenance commission does not wait for paid spend. */
export const ANY_CREDIT = "any_credit";

/** What a trigger waits for, and what keeps a reward standing behind it. */
const triggerConditions = {
  spend: { reached: "spend", standing: "standing" },
  load: { reached: "load", standing: "load_standing" },
} as const;

/** The way from the trigger to the bonus; nothing where none is to come. */
function spendAndDraw(bonus: BonusFacts, { amountsShown }: { amountsShown: boolean }): Condition[] {
  const { wasReached, missing } = bonus;
  if (bonus.notEligible !== null) return [];
  const { state, reason } = bonusStateOf(bonus);
  const stillMissing = { missing: amountsShown ? dollars(missing) : null };
  const names = triggerConditions[bonus.trigger];
  const reached = wasReached ? condition(names.reached, "met") : condition(names.reached, "not_yet", stillMissing);
  const isStanding = missing === 0n;
  if (reason === CAP) return [reached, condition("cap", "failed", { reason })];
  return [
    reached,
    ...(bonus.bonusesMax === null ? [] : [condition("cap", isWithinCap(bonus) ? "met" : "not_yet")]),
    ...drawSteps(state, reason, { said: bonus.said, isDrawn: bonus.draw?.state === "drawn" }),
    // Before the trigger was ever reached there is nothing that could fall: the first condition says what is missing.
    condition(
      names.standing,
      isStanding ? "met" : "not_yet",
      wasReached && !isStanding ? { ...stillMissing, reason: "fell_below" } : {},
    ),
  ];
}

/** A draw takes its place among its referrer's when it is queued. */
const isWithinCap = ({ draw }: BonusFacts): boolean => draw !== null && draw.state !== "due" && draw.state !== "held";

/** How far each state of a bonus has come: the steps before are met, the steps after are to come. */
const stepsDone: Record<BonusState, number> = {
  not_eligible: 0,
  locked: 0,
  due: 0,
  held: 0,
  queued: 1,
  bound: 2,
  drawn: 3,
  taken_back: 3,
};

function drawSteps(
  state: BonusState,
  reason: string | null,
  { said, isDrawn }: { said: string | null; isDrawn: boolean },
): Condition[] {
  const done = stepsDone[state];
  return (["review", "budget", "round"] as const).map((name, step) => {
    if (step < done || (isDrawn && name !== "review")) return condition(name, "met");
    if (step > done) return condition(name, "not_yet");
    if (name === "review" && state === "not_eligible" && reason !== null) {
      return condition(name, "failed", { reason, said });
    }
    const isAbout = name === "review" ? state === "held" : isQueueReason(reason);
    return condition(name, "not_yet", { reason: isAbout ? reason : null });
  });
}

/** A pair, as far as the conditions of what it earns are concerned. */
export interface PairFacts {
  /** Why it earns nothing: `self`, `not_new`; null where it counts. */
  voidReason: string | null;
  /** Why its commission waits for an operator, or was refused. */
  hold: { state: "held" | "refused"; reason: string | null; said: string | null } | null;
  /** Milliseconds since 1970, end excluded; null for the lifetime of the referred account. */
  windowEndMs: number | null;
  nowMs: number;
  /** Whether the referred account has any paid spend. */
  isSpending: boolean;
  /** What of its usage earns its referrer commission. */
  provenance: Provenance;
  /** The referrer's bonus; null where the pair's terms give none. */
  bonus: BonusFacts | null;
}

/**
 * Every condition of what a pair earns its referrer, in order, for either side to read. The referrer is told whether
 * the trigger was reached, never what the other one used; the referred one sees its own missing amount.
 */
export function referralChecklist(pair: PairFacts, reader: "referrer" | "referred"): Condition[] {
  const { voidReason, bonus, hold, windowEndMs, nowMs, isSpending } = pair;
  const isOwn = voidReason === "self";
  const notNew = voidReason !== null && !isOwn ? voidReason : (bonus?.notEligible ?? null);
  const amountsShown = reader === "referred";
  return [
    condition("followed_link", "met"),
    isOwn ? condition("other_person", "failed", { reason: "self" }) : condition("other_person", "met"),
    ...newAccount(notNew, bonus),
    condition("spending", isSpending ? "met" : "not_yet", pair.provenance === "any" ? { reason: ANY_CREDIT } : {}),
    ...(bonus === null || voidReason !== null ? [] : spendAndDraw(bonus, { amountsShown })),
    windowEndMs !== null && windowEndMs <= nowMs
      ? condition("window", "failed", { reason: "over", untilMs: windowEndMs })
      : condition("window", "met", { untilMs: windowEndMs }),
    pairCondition(hold),
  ];
}

const pairCondition = (hold: PairFacts["hold"]): Condition =>
  hold === null
    ? condition("pair", "met")
    : condition("pair", hold.state === "held" ? "not_yet" : "failed", { reason: hold.reason, said: hold.said });

/** A milestone, as far as its conditions are concerned. */
export interface MilestoneFacts {
  trigger: Trigger["kind"];
  /** What `missingTo` says now. */
  missing: Nanos;
  /** How often it was posted or taken back. */
  times: number;
  /** Its pair's; nothing new is posted while there is one. */
  hold: PairFacts["hold"];
}

/** A milestone of a pair, for either side to read; amounts only for the referred one. */
export function milestoneChecklist(
  { trigger, missing, times, hold }: MilestoneFacts,
  reader: "referrer" | "referred",
): Condition[] {
  const { reached, standing } = triggerConditions[trigger];
  if (missing === 0n) {
    const isWaiting = hold !== null && times % 2 === 0;
    return [condition(reached, "met"), ...(isWaiting ? [pairCondition(hold)] : []), condition(standing, "met")];
  }
  const stillMissing = { missing: reader === "referred" ? dollars(missing) : null };
  if (times === 0) return [condition(reached, "not_yet", stillMissing), condition(standing, "not_yet")];
  return [condition(reached, "met"), condition(standing, "not_yet", { ...stillMissing, reason: "fell_below" })];
}

/** What releases a template's royalty: total runtime, which once met stays met. */
export function templateChecklist(gate: { isMet: boolean; runtimeMs: bigint; gateMs: bigint }): Condition[] {
  const missing = gate.isMet ? 0n : runtimeMissing(gate.runtimeMs, gate.gateMs);
  return [
    missing === 0n
      ? condition("runtime", "met")
      : condition("runtime", "not_yet", { missing: { of: "milliseconds", amount: missing } }),
  ];
}

/** The application for the release of what the beta terms hold; null before there was one. */
export interface ApplicationFacts {
  state: "submitted" | "accepted" | "declined";
  said: string | null;
  /** When a declined referrer may apply again; milliseconds since 1970. */
  againMs: number | null;
}

/** What releases commission under the beta terms: both parts of the gate, and an operator's acceptance. */
export function betaGateChecklist(
  missing: BetaGateMissing,
  application: ApplicationFacts | null,
  nowMs: number,
): Condition[] {
  const accounts = { missing: { of: "accounts" as const, amount: missing.accounts } };
  return [
    missing.accounts === 0 ? condition("gate_accounts", "met") : condition("gate_accounts", "not_yet", accounts),
    missing.spend === 0n
      ? condition("gate_spend", "met")
      : condition("gate_spend", "not_yet", { missing: dollars(missing.spend) }),
    applied(application, nowMs),
  ];
}

function applied(application: ApplicationFacts | null, nowMs: number): Condition {
  if (application === null) return condition("application", "not_yet", { reason: "to_apply" });
  const { state, said, againMs } = application;
  if (state === "accepted") return condition("application", "met", { said });
  if (state === "submitted") return condition("application", "not_yet", { reason: "submitted" });
  const waits = againMs !== null && nowMs < againMs;
  return condition("application", waits ? "failed" : "not_yet", { reason: "declined", said, untilMs: againMs });
}
