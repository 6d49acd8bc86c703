import type { Terms } from "./terms";

/** How long a followed link is kept by the browser, whatever the terms say. */
const ATTRIBUTION_MS = 30n * 86_400_000n;

/**
 * What the schema allows and the engine cannot run: a field, and a sentence that says so. Such terms are not published,
 * for nobody may be promised what does not come.
 */
export function notRunnable(terms: Terms): { path: string; message: string }[] {
  switch (terms.program) {
    case "referral":
      return terms.attributionMs === ATTRIBUTION_MS
        ? []
        : [{ path: "attributionDays", message: "must be 30: a followed link is kept for 30 days and no other time" }];
    case "serverless-referral-beta":
      return terms.caps.bonusesMax === null
        ? []
        : [{ path: "caps.bonusesMax", message: "must be null: milestones are not limited by referrer yet" }];
    default:
      return [];
  }
}
