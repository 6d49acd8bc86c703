import { bonusText, commissionText, days, dollarsPlain, onService, sentenceCase, verbs } from "./phrases";
import type { TermsOf } from "./terms";

export interface InvitationGain {
  what: string;
  when: string;
}

/** What somebody who was invited is told; every figure comes from the terms the rules run on. */
export interface InvitationTerms {
  /** The whole offer in one sentence. */
  offer: string;
  /** What the invited gets. */
  yours: InvitationGain[];
  /** What the one who invited them gets. */
  theirs: InvitationGain[];
  /** What they get of the invited's spend, without a full stop: "3% of every dollar you spend, for 6 months". */
  commission: string;
  /** How long a followed link counts: "30 days". */
  within: string;
}

export function invitationTerms(terms: TermsOf<"referral">): InvitationTerms {
  const { trigger, bonus, attributionMs } = terms;
  const amount = dollarsPlain(trigger.amount);
  const first = `your first ${amount}${onService(trigger)}`;
  const drawn = bonus.kind === "draw" ? ", in a draw of its own" : "";
  const what = sentenceCase(`${bonusText(bonus)}${drawn}`);
  const commission = commissionText(terms.commission, "your");
  const reached =
    trigger.kind === "spend"
      ? `As soon as ${first} is spent; paying in alone does not count.`
      : `As soon as you have paid in ${amount}.`;
  return {
    offer: `${verbs[trigger.kind].you} ${first} and you both get ${bonusText(bonus)}.`,
    yours: [{ what, when: reached }],
    theirs: [
      { what, when: "At the same moment." },
      { what: commission, when: "From the day you sign up. The platform pays it: you pay nothing for it." },
    ],
    commission,
    within: days(attributionMs),
  };
}
