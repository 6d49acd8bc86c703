/** What is held, as a list names it. */
export const reviewKinds = { bonus: "Bonus", pair: "Pair's commission" } as const;

export const reviewStates = {
  open: { label: "Held", tone: "warn" },
  released: { label: "Released", tone: "good" },
  refused: { label: "Refused", tone: "bad" },
} as const;
