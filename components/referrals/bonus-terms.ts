/** By which terms a referrer's pairs are: those that give it a draw for each, the beta terms, which give none, or both. */
export type BonusTerms = "current" | "beta" | "both";

/** What those who qualified have reached: beta terms leave them a bonus of their own. */
export const qualifiedWords: Record<BonusTerms, string> = {
  current: "reached the bonus for both of you",
  beta: "reached a bonus of their own",
  both: "reached a bonus: for both of you, under the beta terms for them alone",
};

/** Where none has come yet. */
const noneYet: Record<BonusTerms, string> = {
  current: "One is drawn for every referral that qualifies.",
  beta: "None is drawn for your referrals under the beta terms; one is for every new one that qualifies.",
  both: "One is drawn for every referral that qualifies, but none for those under the beta terms.",
};

interface Bonuses {
  drawn: number;
  waiting: number;
  takenBack: number;
}

/** What became of a referrer's bonuses; before there is one, when there will be. */
export function bonusNote({ drawn, waiting, takenBack }: Bonuses, terms: BonusTerms): string {
  if (drawn + waiting === 0) return noneYet[terms];
  const sentences = [
    `${drawn - takenBack} drawn, in your promo credit.`,
    waiting > 0 && `${waiting} on the way.`,
    takenBack > 0 && `${takenBack} taken back.`,
  ];
  return sentences.filter(Boolean).join(" ");
}
