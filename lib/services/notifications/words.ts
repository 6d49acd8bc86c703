import { dollarsFloored } from "@/lib/money/format";
import { parseAmount } from "@/lib/money/parse";
import { holdSentence } from "@/lib/programs/hold-words";
import { CAP, refusedFor } from "@/lib/programs/suspicion";
import { topUpReason } from "@/lib/services/top-ups/reason-words";
import type { FactsOf, Told, Topic } from "./kinds";

/** How something is said, in the list and by e-mail. */
export interface NotificationWords {
  /** What happened. */
  title: string;
  /** What it means, and what to do. */
  text: string;
  /** The page that shows it. */
  path: string;
}

interface TopicWords {
  label: string;
  about: string;
}

/** What people choose between. */
export const topicWords: Record<Topic, TopicWords> = {
  bonus: { label: "Bonuses", about: "Drawn, held for review, released, taken back." },
  referral: { label: "Referrals", about: "Somebody you referred qualifies." },
  gate: { label: "Gates and applications", about: "A gate is met, and what came of an application." },
  wallet: { label: "Balance", about: "Low, used up, recovered, topped up." },
  window: { label: "Commission windows", about: "A referral stops earning in seven days." },
  credit: { label: "Credit that expires", about: "Unspent credit expires in seven days." },
};

/** Cents, cut off: nobody is told of more than there is. */
const dollars = (amount: string): string => {
  const parsed = parseAmount(amount);
  if (!parsed.ok) throw new RangeError(`"${amount}" is no amount: it ${parsed.message}`);
  return dollarsFloored(parsed.nanos);
};

const day = (iso: string): string =>
  new Date(iso).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

const quoted = (said: string | undefined): string => (said === undefined ? "" : ` They wrote: “${said}”`);

/** The sentences of what an account is told. */
export function wordsOf(told: Told): NotificationWords {
  switch (told.kind) {
    case "bonus.drawn":
      return {
        title: `${told.facts.draw === "referral" ? "A referral bonus" : "Your bonus"} is drawn: ${dollars(told.facts.amount)}`,
        text: "It is promo credit, which pays for your usage before anything else. The draw can be recomputed by anyone, step by step.",
        path: `/bonus/${told.facts.drawId}`,
      };
    case "bonus.held":
      return heldWords(told.facts);
    case "bonus.released":
      return {
        title: `${told.facts.draw === "referral" ? "A referral bonus" : "Your bonus"} is released`,
        text: `A person looked at it and let it go on. The draw happens by itself.${quoted(told.facts.said)}`,
        path: `/bonus/${told.facts.drawId}`,
      };
    case "bonus.taken_back":
      return {
        title: `A bonus of ${dollars(told.facts.amount)} is taken back`,
        text: "Either what it rests on fell below its trigger, because money was refunded or usage taken back: reach the trigger again, and the same amount is posted again. Or a person who looked at it decided against it. Its page says which.",
        path: `/bonus/${told.facts.drawId}`,
      };
    case "bonus.given_again":
      return {
        title: `A bonus of ${dollars(told.facts.amount)} is posted again`,
        text: "What it rests on is at its trigger, and nothing stands in its way any more.",
        path: `/bonus/${told.facts.drawId}`,
      };
    case "bonus.milestone":
      return {
        title: `A milestone is reached: ${dollars(told.facts.amount)}`,
        text: "The amount is posted to your earned credit.",
        path: "/statement",
      };
    case "referral.qualified":
      return {
        title: "Somebody you referred qualifies",
        text: "They spent enough for the bonus. Where your terms give you one of your own, its draw is next.",
        path: "/referrals",
      };
    case "gate.template_met":
      return {
        title: `The gate of ${told.facts.name} is met`,
        text: "What the template has earned since its first second is released, and what it earns from now on comes straight to your earned credit.",
        path: `/templates/${encodeURIComponent(told.facts.template)}`,
      };
    case "gate.ready":
      return {
        title: "You can apply for the release of your pending commission",
        text: `Both conditions of the gate are met. ${dollars(told.facts.pending)} waits behind it; apply on the referrals page.`,
        path: "/referrals",
      };
    case "gate.accepted":
      return {
        title: "Your application is accepted",
        text: `Everything pending is released, and later commission comes straight to your earned credit.${quoted(told.facts.said)}`,
        path: "/referrals",
      };
    case "gate.declined":
      return {
        title: "Your application is declined",
        text: `You keep everything pending, and the referrals page says when you may apply again.${quoted(told.facts.said)}`,
        path: "/referrals",
      };
    case "wallet.low":
      return {
        title: `Your balance is low: ${dollars(told.facts.available)} left`,
        text: `It fell below ${dollars(told.facts.threshold)}, the amount you set. Pay in so that your work goes on.`,
        path: "/funds",
      };
    case "wallet.recovered":
      return {
        title: `Your balance has recovered: ${dollars(told.facts.available)}`,
        text: "Work may start again. You need to do nothing.",
        path: "/funds",
      };
    case "wallet.depleted":
      return {
        title: "Your balance is used up",
        text: "New work is refused and running work may be stopped. Pay in to go on.",
        path: "/funds",
      };
    case "wallet.topped_up":
      return {
        title: `Your balance was topped up by ${dollars(told.facts.amount)}`,
        text: "Your card was charged as you set it up.",
        path: "/funds",
      };
    case "wallet.top_up_asked":
      return {
        title: `Confirm a top-up of ${dollars(told.facts.amount)}`,
        text: "Your bank wants to know that it is you before the card is charged. Confirm it on the funds page within a day; until then nothing is charged.",
        path: "/funds#top-up",
      };
    case "wallet.top_up_failed":
      return topUpFailedWords(told.facts);
    case "window.ending":
      return told.facts.count === 1
        ? {
            title: "A referral earns for seven more days",
            text: `Its commission window ends on ${day(told.facts.endsAt)}. What it earned until then stays yours.`,
            path: "/referrals",
          }
        : {
            title: `${told.facts.count} referrals earn for seven more days`,
            text: `Their commission windows end from ${day(told.facts.endsAt)} on. What they earned until then stays yours.`,
            path: "/referrals",
          };
    case "credit.expiring":
      return {
        title: `${dollars(told.facts.amount)} of ${told.facts.bucket} credit expires on ${day(told.facts.expiresAt)}`,
        text: "What of it is unspent by then is gone. It pays for usage before any other credit of its kind.",
        path: "/dashboard",
      };
    case "support.answered":
      return {
        title: `Answer: ${told.facts.subject}`,
        text: told.facts.answer,
        path: "/help/ask",
      };
  }
}

function topUpFailedWords({ amount, reason, suspended }: FactsOf<"wallet.top_up_failed">): NotificationWords {
  const path = "/funds#top-up";
  const why = topUpReason(reason);
  if (suspended) {
    const next = "Nothing is charged any more until you turn it on again.";
    return { title: "Automatic top-up is suspended", text: `${why} ${next}`, path };
  }
  if (reason === "month_max") {
    const next = `Your balance is not topped up by ${dollars(amount)} before next month, unless you allow more or pay in.`;
    return { title: "Automatic top-up has reached its limit", text: `${why} ${next}`, path };
  }
  const next = "Nothing was charged. It is tried again in an hour at the earliest.";
  return { title: `A top-up of ${dollars(amount)} failed`, text: `${why} ${next}`, path };
}

function heldWords({ reason, draw, drawId, said }: FactsOf<"bonus.held">): NotificationWords {
  const path = `/bonus/${drawId}`;
  const whose = draw === "referral" ? "A referral bonus" : "Your bonus";
  if (reason === CAP) {
    return {
      title: "A referral bonus is beyond the limit",
      text: "You have had as many bonuses for referrals as your terms give, so this one is not drawn.",
      path,
    };
  }
  const reader = draw === "referral" ? "referrer" : "account";
  const refused = refusedFor(reason);
  if (refused !== null) {
    return {
      title: `${whose} is refused`,
      text: `A person looked at it and decided against it. ${holdSentence(refused, reader)}${quoted(said)}`,
      path,
    };
  }
  return {
    title: `${whose} is held for review`,
    text: `A person looks at it before it goes on. ${holdSentence(reason, reader)} You need to do nothing.`,
    path,
  };
}
