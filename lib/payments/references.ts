/** What the ledger calls a movement at a payment provider: the provider's name, and its own id of it: `stripe:pi_1`. */
export const referenceOf = (provider: string, id: string): string => `${provider}:${id}`;

/** The provider's own id of what the ledger calls by a reference; null for money that came another way. */
export const idAtProvider = (provider: string, reference: string): string | null =>
  reference.startsWith(`${provider}:`) ? reference.slice(provider.length + 1) : null;

/** A pattern of SQL's LIKE for every reference of a provider; names of providers hold no wildcards. */
export const referencesLike = (provider: string): string => `${provider}:%`;
