import "server-only";
import { type NextRequest, NextResponse } from "next/server";
import { readEnv } from "@/lib/env";
import { followLink } from "@/lib/services/accounts/follow-link";
import { canonicalCode } from "@/lib/services/accounts/referral-code";
import { context } from "./context";
import { cookieAttributes, referralCookieName } from "./cookie-names";
import { takeVisit } from "./limiter";
import { invitationPath, isProgram, isVisit, properOrigin } from "./page-request";
import { isHttps, publicOrigin } from "./public-origin";
import { LINK_LIFE_SECONDS, readLink, signLink } from "./referral-cookie";
import { sameOriginPath } from "./same-origin-path";

/**
 * Remembers the link a person followed, in place of an earlier one, and sends them on: to the page they asked for, or
 * to the one that says who invited them. A link that is nobody's displaces nothing, and its page says so. What a page
 * elsewhere loads as an image, a frame or ahead of time is not followed, nor what a program asks for.
 */
export async function followReferral(request: NextRequest, code: string): Promise<Response> {
  const origin = publicOrigin();
  const { headers, nextUrl } = request;
  const elsewhere = properOrigin(headers.get("host"), origin);
  if (elsewhere) return NextResponse.redirect(`${elsewhere}${nextUrl.pathname}${nextUrl.search}`, 307);
  const asked = nextUrl.searchParams.get("next");
  const next = asked === null ? invitationPath(canonicalCode(code)) : sameOriginPath(asked, origin, "/");
  const goOn = NextResponse.redirect(new URL(next, origin), 303);
  if (!isVisit(request.method, headers) || isProgram(headers)) return goOn;
  const tooMany = takeVisit(headers, "follow");
  if (tooMany) return tooMany;
  const { NEXTAUTH_SECRET } = readEnv(["NEXTAUTH_SECRET"]);
  const https = isHttps(origin);
  const name = referralCookieName(https);
  const before = readLink(request.cookies.get(name)?.value, NEXTAUTH_SECRET, new Date());
  const isNewVisitor = before?.code !== canonicalCode(code);
  const followed = await followLink(context(), { code, isNewVisitor });
  if (!followed.ok) return NextResponse.redirect(new URL(unknownPage(code, asked && next), origin), 303);
  const value = signLink(followed.value, NEXTAUTH_SECRET);
  goOn.cookies.set({ name, value, ...cookieAttributes(https, LINK_LIFE_SECONDS) });
  return goOn;
}

/** Says that the link is nobody's, and leads on to what was asked for. */
const unknownPage = (code: string, next: string | null): string =>
  `${invitationPath(canonicalCode(code))}${next === null ? "" : `?${new URLSearchParams({ next })}`}`;
