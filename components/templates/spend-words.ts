/** How the spend of others that earns is named: only what money paid for, or all of it. */
export const spendWords = {
  paid: {
    base: "what others paid for",
    unit: "dollars others paid",
    note: "Paid from their prepaid balance. What bonuses and earned credit paid for earns nothing.",
  },
  any: {
    base: "what others used",
    unit: "dollars others used",
    note: "All they used, whatever credit paid for it.",
  },
} as const;
