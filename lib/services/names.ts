/** What `externalId` and `reference` may be. */
export const namePattern = /^[A-Za-z0-9._:@~-]{1,128}$/;
