/** What one operator gives alone in a day (UTC). "$500.00" each. */
export interface AloneLimit {
  max: string;
  given: string;
  left: string;
}

/** @param what "credit is given" */
export const aloneHint = ({ max, given, left }: AloneLimit, what: string): string =>
  given === "$0.00"
    ? `Up to ${max} a day (UTC), ${what} at once; above, it waits for a second operator.`
    : `You gave ${given} of ${max} alone today (UTC): up to ${left} more ${what} at once; above, it waits for a second operator.`;
