import type { Tone } from "@/components/ui/tone";
import { holdSentence } from "@/lib/programs/hold-words";
import type { ReferralHold, ReferralStage } from "./referral";

/** How far a referral has come, for a badge. */
export const stageWords: Record<ReferralStage, { label: string; tone: Tone }> = {
  signed_up: { label: "Signed up", tone: "plain" },
  spending: { label: "Spending", tone: "wait" },
  qualified: { label: "Qualified", tone: "good" },
  void: { label: "Does not count", tone: "warn" },
};

interface VoidWords {
  /** To the one whose link it was. */
  referrer: string;
  /** To the one who followed it. */
  referred: string;
}

const voidWords: Record<string, VoidWords> = {
  self: {
    referrer: "This account has your own e-mail address, and an account of your own earns you nothing.",
    referred: "The link you followed is your own: the account behind it has your e-mail address.",
  },
  not_new: {
    referrer: "An earlier account had the same e-mail address, so this one is not new and earns you nothing.",
    referred: "An earlier account had your e-mail address, so this one is not new.",
  },
};

const otherwise: VoidWords = {
  referrer: "This referral is void and earns nothing.",
  referred: "The referral is void.",
};

export const voidReasonWords = (reason: string): VoidWords => voidWords[reason] ?? otherwise;

/** What a hold means to the one whose link it was, and to the one who followed it. */
export function holdWords({ state, reason }: ReferralHold): VoidWords {
  const [referrer, referred] = [holdSentence(reason, "referrer"), holdSentence(reason, "account")];
  if (state === "held") {
    return {
      referrer: `In review: ${referrer} What it earns stays pending until a person has looked at it; nothing you have is taken back for that.`,
      referred: `${referred} A person looks at it before your referrer earns more.`,
    };
  }
  return {
    referrer: `Refused after review: ${referrer} This referral earns you nothing.`,
    referred: `Refused after review: ${referred} Nobody earns anything by it.`,
  };
}
