/** So long without a look at the dashboard, and the next one is another visit. */
export const VISIT_GAP_MS = 30 * 60_000;
