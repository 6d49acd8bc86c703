import { bonusWords } from "@/components/bonus-state";
import { durationText } from "@/components/duration-text";
import { instantText } from "@/components/instant-text";
import { moneyText } from "@/components/money-text";
import { holdWords, voidReasonWords } from "@/components/referrals/referral-words";
import { ANY_CREDIT } from "@/lib/programs/checklist";
import type { ShownCondition } from "@/lib/programs/checklist-text";
import { queueSentence } from "@/lib/programs/hold-words";
import { counted } from "@/lib/programs/phrases";
import { isQueueReason } from "@/lib/programs/suspicion";

/**
 * Who reads: whoever a reward is for, of its own account; the one whose link was followed; the one who followed it.
 * Neither of the last two is told who the other is or what it used.
 */
export type Audience = "owner" | "referrer" | "referred";

interface ConditionWords {
  /** What has to be so. */
  title: string;
  /** What is the case, what it means, what to do. */
  meaning: string;
}

type Say = (condition: ShownCondition, audience: Audience) => string;

/** What is missing, to the last digit. */
function missingText({ missing }: ShownCondition): string {
  if (missing === null) return "";
  if (missing.of === "dollars") return moneyText(missing.amount).exact;
  return missing.of === "milliseconds" ? durationText(missing.amount) : counted(Number(missing.amount), "account");
}

/** Parts of a second only where there are any. */
const untilText = ({ until }: ShownCondition): string =>
  until === null ? "" : instantText(until, until.endsWith(".000Z") ? "second" : "millisecond");

const said = ({ said: words }: ShownCondition): string => (words === null ? "" : ` The operator wrote: “${words}”`);

const whose = (audience: Audience): "Your" | "Their" => (audience === "referrer" ? "Their" : "Your");

const words: Record<ShownCondition["name"], { title: string; say: Say }> = {
  followed_link: {
    title: "Came by the link",
    say: (_, audience) =>
      audience === "referrer"
        ? "They followed your link and signed up while it counted."
        : "You followed a referral link and signed up while it counted.",
  },
  other_person: {
    title: "Not the referrer's own account",
    say: ({ state, reason }, audience) =>
      state === "failed"
        ? voidReasonWords(reason ?? "")[audience === "referrer" ? "referrer" : "referred"]
        : "The two accounts have different e-mail addresses.",
  },
  new_account: { title: "A new account", say: newAccount },
  sign_in: { title: "Opened by a sign-in that counts", say: signIn },
  spending: {
    title: "Uses prepaid credit",
    say: ({ state, reason }, audience) => {
      if (reason === ANY_CREDIT) return `${spendingWords(state, audience)} ${anyCreditEarns(audience)}`;
      if (state === "met") return `${whose(audience)} prepaid balance has paid for usage, and that is what earns.`;
      return audience === "referrer"
        ? "They have paid for no usage yet. Commission begins with the first they pay for."
        : "You have paid for no usage yet. A deposit alone does not count: it has to be spent.";
    },
  },
  spend: {
    title: "Paid spend reaches the trigger",
    say: (condition, audience) => {
      if (condition.state === "met") return `${whose(audience)} paid spend reached it.`;
      return audience === "referrer"
        ? "Not there yet. How much is missing is theirs to know; it comes by itself as they use what they paid in."
        : `${missingText(condition)} is missing. Usage paid from your prepaid balance counts; a deposit alone does not.`;
    },
  },
  load: {
    title: "Deposits reach the trigger",
    say: (condition, audience) => {
      if (condition.state === "met") return `${whose(audience)} deposits reached it.`;
      return audience === "referrer"
        ? "Not there yet. How much is missing is theirs to know; it comes by itself as they add money."
        : `${missingText(condition)} is missing. Deposits count, spent or not.`;
    },
  },
  cap: { title: "Within the limit of bonuses", say: cap },
  review: { title: "Nothing speaks against it", say: review },
  budget: {
    title: "Room in the budget",
    say: ({ state, reason }) => {
      if (state === "met") return "The largest bonus the odds allow is reserved for it.";
      return isQueueReason(reason)
        ? queueSentence(reason)
        : "The largest bonus the odds allow is reserved before it is drawn. That happens by itself.";
    },
  },
  round: {
    title: "The round of the beacon is out",
    say: ({ state }) =>
      state === "met"
        ? "It came out, and the amount followed from it."
        : "The draw is tied to a round that nobody knows yet; the amount follows when it comes out. You need to do nothing.",
  },
  standing: { title: "The spend behind it stands", say: standing },
  load_standing: { title: "The deposits behind it stand", say: loadStanding },
  window: {
    title: "The commission window is open",
    say: (condition, audience) => {
      const earns = audience === "referrer" ? "earns you commission" : "earns your referrer commission";
      const until = untilText(condition);
      if (condition.state === "failed") return `It ended on ${until}. What was earned until then stays earned.`;
      if (condition.until === null) return `Usage ${earns} for as long as the account lives.`;
      return `Usage that ends before ${until} ${earns}; what ends then or later does not.`;
    },
  },
  pair: {
    title: "The pair is not held",
    say: (condition, audience) => {
      if (condition.state === "met") return "Nothing makes the two accounts look like one person's.";
      const state = condition.state === "failed" ? "refused" : "held";
      const side = audience === "referrer" ? "referrer" : "referred";
      return `${holdWords({ state, reason: condition.reason ?? "" })[side]}${said(condition)}`;
    },
  },
  runtime: {
    title: "Total runtime reaches the gate",
    say: (condition) =>
      condition.state === "met"
        ? "It was reached, once and for good: what the template earns is yours to spend after the next sweep."
        : `${missingText(condition)} is missing. Everybody's runtime counts, your own included; until then the royalty is pending, and nothing of it is lost.`,
  },
  gate_accounts: {
    title: "Enough referred accounts with paid spend",
    say: (condition) =>
      condition.state === "met"
        ? "There are enough."
        : `${missingText(condition)} more. Every account you referred under these terms counts once it has paid for any usage.`,
  },
  gate_spend: {
    title: "Enough paid spend together",
    say: (condition) =>
      condition.state === "met"
        ? "They spent enough together."
        : `${missingText(condition)} is missing, of all of them together.`,
  },
  application: { title: "Applied, and accepted", say: application },
};

const spendingWords = (state: ShownCondition["state"], audience: Audience): string =>
  state === "met"
    ? `${whose(audience)} prepaid balance has paid for usage.`
    : `${audience === "referrer" ? "They have" : "You have"} paid for no usage yet.`;

const anyCreditEarns = (audience: Audience): string =>
  audience === "referrer"
    ? "Commission does not wait for it: by these terms all they use earns, whatever credit pays."
    : "Your referrer's commission does not wait for it: by these terms all you use earns, whatever credit pays.";

function newAccount({ state, reason }: ShownCondition, audience: Audience): string {
  if (state !== "failed") return "No earlier account had the same e-mail address, a deleted one included.";
  if (reason === "imported" && audience !== "owner") {
    return audience === "referrer"
      ? "It was a customer before the program began: it earns you commission, and no bonus for either of you."
      : "This account was a customer before the program began: your referrer earns commission, and there is no bonus for either of you.";
  }
  if (audience === "owner") return bonusWords("not_eligible", reason).meaning;
  return voidReasonWords(reason ?? "")[audience];
}

function cap({ state }: ShownCondition, audience: Audience): string {
  const isReferrer = audience === "referrer";
  if (state === "met") return "It is counted among the bonuses for referrals that the terms give.";
  if (state === "not_yet") {
    return isReferrer
      ? "The terms give so many bonuses for referrals and no more; it is counted when theirs is due."
      : "The terms give a referrer so many bonuses and no more; it is counted when yours is due.";
  }
  return isReferrer
    ? "You have had as many bonuses for referrals as your terms give, so this one is not drawn. What the referral earns you in commission goes on."
    : "Your referrer has had as many bonuses as its terms give, so there is none for it here. Your own bonus does not depend on that.";
}

function signIn({ state }: ShownCondition, audience: Audience): string {
  if (state !== "failed") return "The account was opened by one of the ways to sign in that the terms name.";
  if (audience === "owner") return bonusWords("not_eligible", "sign_in_method").meaning;
  return audience === "referrer"
    ? "It was opened by a way to sign in that the terms leave out: it earns you commission, and no bonus for either of you."
    : "This account was opened by a way to sign in that the terms leave out: your referrer earns commission, and there is no bonus for either of you.";
}

function review(condition: ShownCondition, audience: Audience): string {
  const { state, reason } = condition;
  if (state === "met") return "It was judged, and nothing has to be looked at.";
  if (reason === null) return "It is judged by itself when the trigger is reached. You need to do nothing.";
  const side = audience === "referrer" ? "referrer" : "own";
  return `${bonusWords(state === "failed" ? "not_eligible" : "held", reason, side).meaning}${said(condition)}`;
}

function standing(condition: ShownCondition, audience: Audience): string {
  const { state, reason } = condition;
  if (state === "met")
    return `It stands while ${whose(audience).toLowerCase()} paid spend stays at the trigger or above.`;
  if (reason === null) return "From then on it stands while the spend stays at the trigger or above.";
  return audience === "referrer"
    ? "Their paid spend fell below the trigger again, because money was refunded or usage taken back. When it is reached again, the same amount returns by itself."
    : `${missingText(condition)} of paid spend is missing again, because money was refunded or usage taken back. Spend it, and the same amount returns by itself.`;
}

function loadStanding(condition: ShownCondition, audience: Audience): string {
  const { state, reason } = condition;
  if (state === "met") return `It stands while ${whose(audience).toLowerCase()} deposits stay at the trigger or above.`;
  if (reason === null) return "From then on it stands while the deposits stay at the trigger or above.";
  return audience === "referrer"
    ? "Their deposits fell below the trigger again, because money was refunded. When it is reached again, the same amount returns by itself."
    : `${missingText(condition)} of deposits is missing again, because money was refunded. Add it, and the same amount returns by itself.`;
}

function application(condition: ShownCondition): string {
  switch (condition.reason) {
    case "submitted":
      return "You applied; an operator decides. You need to do nothing.";
    case "declined":
      return `It was declined, and nothing is lost: all of it stays pending.${said(condition)} You may apply again${
        condition.until === null ? "." : ` from ${untilText(condition)}.`
      }`;
    case "to_apply":
      return "Once both conditions hold you apply, and an operator decides; then everything earned before is released.";
    default:
      return `It was accepted: what you earn is released at every sweep.${said(condition)}`;
  }
}

/** How a condition is said to whoever reads it. */
export function conditionWords(condition: ShownCondition, audience: Audience): ConditionWords {
  const { title, say } = words[condition.name];
  return { title, meaning: say(condition, audience) };
}
