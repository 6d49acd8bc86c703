import { holdSentence, queueSentence } from "@/lib/programs/hold-words";
import { CAP, isQueueReason, refusedFor } from "@/lib/programs/suspicion";
import type { Tone } from "./ui/tone";

/** The states of an account's bonus, as the machine API names them. */
export type BonusState = "locked" | "due" | "queued" | "bound" | "held" | "drawn" | "taken_back" | "not_eligible";

export interface BonusWords {
  /** A word or two, for a badge. */
  label: string;
  tone: Tone;
  /** What happened, what it means, what to do. */
  meaning: string;
}

const words: Record<BonusState, BonusWords> = {
  locked: {
    label: "Not yet",
    tone: "plain",
    meaning: "Spend the rest of the bar and your bonus is drawn by itself; there is nothing to claim.",
  },
  due: {
    label: "Due",
    tone: "wait",
    meaning: "You reached the trigger. Your draw is about to be bound to a future round of the public beacon.",
  },
  queued: {
    label: "Queued",
    tone: "wait",
    meaning: "You reached the trigger. The draw waits for room in the program's budget and is tried again by itself.",
  },
  bound: {
    label: "Being drawn",
    tone: "wait",
    meaning: "Your draw is bound to a round that is not out yet. The amount appears here by itself when it is.",
  },
  held: {
    label: "In review",
    tone: "warn",
    meaning: "A person looks at this bonus before it goes on. Nothing is lost; you need to do nothing.",
  },
  drawn: { label: "Drawn", tone: "good", meaning: "Your bonus is in your promo credit, which is used first." },
  taken_back: {
    label: "Taken back",
    tone: "warn",
    meaning:
      "What it rests on fell below the trigger, because money was refunded or usage taken back. When the trigger is reached again, the same amount is posted again.",
  },
  not_eligible: { label: "Not for this account", tone: "plain", meaning: "This account has no new-account bonus." },
};

const reasons: Record<string, string> = {
  not_new: "An earlier account used the same e-mail address, so this one has no new-account bonus.",
  sign_in_method:
    "This account was opened by a way to sign in that the terms of the bonus leave out, so it has no new-account bonus.",
  imported: "This account was a customer before the program began, so it has no new-account bonus.",
};

/** A drawn bonus that cannot be spent, by what is so about it. */
const drawnWords: Record<string, Partial<BonusWords>> = {
  on_hold: {
    tone: "wait",
    meaning:
      "Your bonus is drawn and on hold, as its terms say. It becomes promo credit by itself when its time is over.",
  },
  expired: { tone: "plain", meaning: "Your bonus was drawn. What you had not spent of it in time has expired." },
};

/** How to come to a bonus that is still ahead. */
export const lockedMeaning = (triggerKind: "spend" | "load"): string =>
  triggerKind === "spend"
    ? words.locked.meaning
    : "Add the rest of the bar to your prepaid balance and your bonus is drawn by itself; there is nothing to claim.";

/**
 * How a state is said, to who gets the bonus: the account whose spend it is, or its referrer.
 * @param reason explains `not_eligible`, `held` and `queued`, and `drawn` where it is not to be spent
 */
export function bonusWords(
  state: BonusState,
  reason: string | null = null,
  side: "own" | "referrer" = "own",
): BonusWords {
  const said = words[state];
  if (reason === null) return said;
  const why = (suspicion: string) => holdSentence(suspicion, side === "own" ? "account" : "referrer");
  switch (state) {
    case "queued":
      return isQueueReason(reason) ? { ...said, meaning: queueSentence(reason) } : said;
    case "held": {
      if (reason === CAP) return beyondCap;
      const refused = refusedFor(reason);
      return refused === null ? { ...said, meaning: `${said.meaning} ${why(reason)}` } : refusal(why(refused));
    }
    case "not_eligible": {
      if (reason === CAP) return beyondCap;
      const never = reasons[reason];
      return never === undefined ? refusal(why(reason)) : { ...said, meaning: never };
    }
    case "drawn":
      return { ...said, ...drawnWords[reason] };
    default:
      return said;
  }
}

const beyondCap: BonusWords = {
  label: "Beyond the limit",
  tone: "plain",
  meaning: "You have had as many bonuses for referrals as your terms give, so this one is not drawn.",
};

const refusal = (why: string): BonusWords => ({
  label: "Refused",
  tone: "warn",
  meaning: `A person looked at this bonus and decided against it. ${why}`,
});
