/** What a referral code may look like; whether it exists only the database knows. */
export const referralCodePattern = /^[A-Za-z0-9]{4,64}$/;
