import { createHmac, timingSafeEqual } from "node:crypto";

/** How long after following a link a sign-up still counts as referred (PROGRAMS.md §6). */
export const LINK_LIFE_SECONDS = 30 * 24 * 60 * 60;

export interface FollowedLink {
  code: string;
  followedAt: Date;
}

/** A followed link in the form kept by the browser: only this server can have written it. */
export function signLink({ code, followedAt }: FollowedLink, secret: string): string {
  const content = `${code}.${followedAt.getTime().toString(36)}`;
  return `${content}.${sign(content, secret)}`;
}

/** The link a browser followed, or null when the value is not ours or 30 days have passed. */
export function readLink(value: string | null | undefined, secret: string, now: Date): FollowedLink | null {
  const [code, instant, signature, ...rest] = (value ?? "").split(".");
  if (!code || !instant || !signature || rest.length > 0) return null;
  const expected = Buffer.from(sign(`${code}.${instant}`, secret));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const followedAt = new Date(Number.parseInt(instant, 36));
  const age = now.getTime() - followedAt.getTime();
  return age < LINK_LIFE_SECONDS * 1000 ? { code, followedAt } : null;
}

/** The last valid link wins, wherever it was kept. */
export function latestLink(values: readonly (string | null | undefined)[], secret: string, now: Date) {
  const links = values.map((value) => readLink(value, secret, now)).filter((link) => link !== null);
  return links.sort((a, b) => b.followedAt.getTime() - a.followedAt.getTime())[0] ?? null;
}

const sign = (content: string, secret: string) =>
  createHmac("sha256", secret).update(`referral-link/v1|${content}`).digest("base64url");
