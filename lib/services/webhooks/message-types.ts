/** What an endpoint can be told of, with what it means; written by triggers on the tables where it happens. */
export const messageTypes = {
  "account.created": "An account was made, by the platform or by a first sign-in.",
  "deposit.settled": "Money was received.",
  "deposit.reversed":
    "A provider gave money back, took it back, or returned it after a dispute; the reason says which.",
  "wallet.low": "Credit fell below what its owner wants to be told at.",
  "wallet.depleted": "No credit is left: what runs on it should stop.",
  "wallet.recovered": "Credit rose above nothing again, or above what its owner wants to be told at.",
  "bonus.due": "Paid spend reached the trigger: the draw of a bonus begins.",
  "bonus.held": "A bonus waits for an operator, or its referrer has had all there is; the reason says which.",
  "bonus.drawn": "The amount of a bonus is known.",
  "bonus.taken_back": "What a bonus rests on fell below its trigger, or a review of it ended with a no.",
  "referral.qualified": "A referred account reached the trigger of its bonus.",
  "commission.released": "Commission became spendable: what one sweep released to one referrer.",
  "template.gate_met": "A template ran long enough for its royalties to be released.",
  "application.submitted": "A referrer asks for the release of what the beta terms hold.",
} as const;

export type MessageType = keyof typeof messageTypes;

export const isMessageType = (text: string): text is MessageType => Object.hasOwn(messageTypes, text);
