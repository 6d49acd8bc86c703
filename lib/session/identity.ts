import { z } from "zod";
import { PERSON_NAME_MAX } from "@/lib/services/accounts/person-name";

/** The ways to sign in. */
export type Way = "google" | "github" | "email";

/** What a provider says about a person. Without `email`, it vouches for none. */
export interface Identity {
  sub: string;
  name?: string;
  email?: string;
}

const GoogleClaims = z.object({
  sub: z.string().min(1).max(255),
  name: z.string().nullish(),
  email: z.email().nullish(),
  email_verified: z.unknown().optional(),
});

/** @throws ZodError when the claims are not those of an ID token. */
export function googleIdentity(claims: unknown): Identity {
  const { sub, name, email, email_verified } = GoogleClaims.parse(claims);
  return identity(sub, name, email_verified === true ? email : null);
}

const GitHubUser = z.object({ id: z.number().int().positive(), login: z.string().min(1), name: z.string().nullish() });
const GitHubEmails = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

/**
 * @param user what GitHub answers at `/user`; the address there is a public label that nobody verified.
 * @param emails what it answers at `/user/emails`: only the primary address counts, and only verified.
 * @throws ZodError when the answers have another shape.
 */
export function githubIdentity(user: unknown, emails: unknown): Identity {
  const { id, login, name } = GitHubUser.parse(user);
  const primary = GitHubEmails.parse(emails).find((entry) => entry.primary);
  const address = z.email().safeParse(primary?.verified === true ? primary.email : undefined);
  return identity(String(id), name || login, address.data);
}

const identity = (sub: string, name: string | null | undefined, email: string | null | undefined): Identity => ({
  sub,
  ...(name ? { name: personName(name) } : {}),
  ...(email ? { email: email.toLowerCase() } : {}),
});

/** A provider's name for a person, without control characters and of bounded length. */
const personName = (name: string): string =>
  name
    .replace(/\p{Cc}/gu, " ")
    .trim()
    .slice(0, PERSON_NAME_MAX);

const EMAIL_LENGTH_MAX = 254;

/**
 * The one address typed into the sign-in form, as it is stored.
 * @throws Error for anything that is not exactly one address.
 */
export function typedEmail(text: string): string {
  const parsed = z.email().max(EMAIL_LENGTH_MAX).safeParse(text.trim().toLowerCase());
  if (!parsed.success) throw new Error("not an e-mail address");
  return parsed.data;
}
