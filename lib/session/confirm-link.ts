import { z } from "zod";
import { sameOriginPath } from "./same-origin-path";

/** Which parameter of a sign-in link carries the referral link that was followed before asking for it. */
export const CARRIED = "followed";

const Link = z.object({
  token: z.string().regex(/^[0-9a-f]{64}$/),
  email: z.email().max(254),
  callbackUrl: z.string().max(2000).optional(),
  [CARRIED]: z.string().max(200).optional(),
});

export type ConfirmLink = z.infer<typeof Link>;

/** The parameters of a sign-in link, or null when some are missing: mail programs cut long addresses. */
export function readConfirmLink(parameters: Record<string, unknown>): ConfirmLink | null {
  const parsed = Link.safeParse(parameters);
  return parsed.success ? parsed.data : null;
}

/** The page that asks before a link is used up: programs that look at mails open every address they find. */
export function confirmPage(link: URL, { origin, followed }: { origin: string; followed: string | null }): URL {
  const page = new URL("/sign-in/confirm", origin);
  for (const name of ["token", "email", "callbackUrl"]) {
    const value = link.searchParams.get(name);
    if (value !== null) page.searchParams.set(name, value);
  }
  if (followed !== null) page.searchParams.set(CARRIED, followed);
  return page;
}

/** Where the confirmation is sent: the only request that uses the link up. */
export function confirmAction(link: ConfirmLink, origin: string): string {
  const followed = link[CARRIED];
  const query = new URLSearchParams({
    token: link.token,
    email: link.email,
    callbackUrl: sameOriginPath(link.callbackUrl, origin),
    ...(followed === undefined ? {} : { [CARRIED]: followed }),
  });
  return `/api/auth/callback/email?${query}`;
}

/** The same page without the referral link that came along: for whoever says that it is not right. */
export function withoutReferral({ token, email, callbackUrl }: ConfirmLink): string {
  const rest = { token, email, ...(callbackUrl === undefined ? {} : { callbackUrl }) };
  return `/sign-in/confirm?${new URLSearchParams(rest)}`;
}
