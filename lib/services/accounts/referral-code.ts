/** What a referral code may look like; whether it exists only the database knows. Upper and lower case are the same. */
export const referralCodePattern = /^[A-Za-z0-9][A-Za-z0-9-]{2,62}[A-Za-z0-9]$/;

/** The code as it is kept. */
export const canonicalCode = (code: string): string => code.toLowerCase();
