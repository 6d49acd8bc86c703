/** Why a top-up came to nothing, by the provider's word or ours: a sentence. */
const sentences: Readonly<Record<string, string>> = {
  no_card: "There is no card on file that could be charged.",
  card_gone: "The card is not on file any more.",
  month_max: "What you allow in a month is charged already.",
  insufficient_funds: "Your bank says that the account behind the card does not cover it.",
  expired_card: "The card has expired.",
  lost_card: "The card was reported lost.",
  stolen_card: "The card was reported stolen.",
  payment_intent_authentication_failure: "The payment was not confirmed.",
  abandoned: "The payment was not confirmed within a day.",
  canceled: "The payment was not confirmed within a day.",
  provider_silent: "The payment service did not answer.",
};

/** What the provider does not explain further is a refusal by the bank. */
export const topUpReason = (reason: string): string =>
  sentences[reason] ?? "The card was declined; only your bank can say why.";
