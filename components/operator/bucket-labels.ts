/** The buckets that credit can be given to. */
export const bucketLabels = { promo: "Promo", earned: "Earned" } as const;
