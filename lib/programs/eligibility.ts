import type { SignInMethod } from "./terms";

/** How an account came to be, as far as its new-account bonus is concerned. */
export interface Origin {
  /** The platform says that it was a customer before. */
  isOldCustomer: boolean;
  /** No earlier account had the same e-mail address. */
  isNew: boolean;
  /** How its person signed in to make it; null where the platform made it. */
  signedInBy: SignInMethod | null;
}

export type NotEligible = "imported" | "not_new" | "sign_in_method";

/**
 * Why an account has no new-account bonus under terms that ask for these ways to sign in (null for any); null where it
 * may come.
 */
export function notEligible(
  { isOldCustomer, isNew, signedInBy }: Origin,
  signIns: readonly SignInMethod[] | null,
): NotEligible | null {
  if (isOldCustomer) return "imported";
  if (!isNew) return "not_new";
  if (signIns !== null && (signedInBy === null || !signIns.includes(signedInBy))) return "sign_in_method";
  return null;
}
