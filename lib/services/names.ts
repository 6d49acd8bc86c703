/** What `externalId` and `reference` may be. */
export const namePattern = /^[A-Za-z0-9._:@~-]{1,128}$/;

/** No control characters, no halves of surrogate pairs: what Postgres can hold and people can read. */
export const printable = /^[^\p{Cc}\p{Cs}]*$/u;
