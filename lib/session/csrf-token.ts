import { createHash } from "node:crypto";

/**
 * The token next-auth will accept from a form of this browser: its cookie is `token|sha256(token + secret)`.
 * Null when there is no cookie, or it was made with another secret.
 */
export function csrfTokenIn(cookie: string | undefined, secret: string): string | null {
  const [token, digest] = (cookie ?? "").split("|");
  if (!token || !digest) return null;
  return createHash("sha256").update(`${token}${secret}`).digest("hex") === digest ? token : null;
}
