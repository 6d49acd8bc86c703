import "server-only";
import { type NextRequest, NextResponse } from "next/server";
import { readEnv } from "@/lib/env";
import { followLink } from "@/lib/services/accounts/follow-link";
import { context } from "./context";
import { cookieAttributes, referralCookieName } from "./cookie-names";
import { takeVisit } from "./limiter";
import { isVisit, properOrigin } from "./page-request";
import { isHttps, publicOrigin } from "./public-origin";
import { LINK_LIFE_SECONDS, signLink } from "./referral-cookie";
import { sameOriginPath } from "./same-origin-path";

/**
 * Remembers the link a person followed, in place of an earlier one; a link that is nobody's displaces nothing. What a
 * page elsewhere loads as an image, a frame or ahead of time is not followed.
 */
export async function followReferral(request: NextRequest, code: string): Promise<Response> {
  const origin = publicOrigin();
  const elsewhere = properOrigin(request.headers.get("host"), origin);
  if (elsewhere) return NextResponse.redirect(`${elsewhere}${request.nextUrl.pathname}${request.nextUrl.search}`, 307);
  const next = sameOriginPath(request.nextUrl.searchParams.get("next"), origin, "/");
  const response = NextResponse.redirect(new URL(next, origin), 303);
  if (!isVisit(request.method, request.headers)) return response;
  const tooMany = takeVisit(request.headers, "follow");
  if (tooMany) return tooMany;
  const followed = await followLink(context(), { code, isNewVisitor: true });
  if (!followed.ok) return response;
  const { NEXTAUTH_SECRET } = readEnv(["NEXTAUTH_SECRET"]);
  const https = isHttps(origin);
  const value = signLink(followed.value, NEXTAUTH_SECRET);
  response.cookies.set({ name: referralCookieName(https), value, ...cookieAttributes(https, LINK_LIFE_SECONDS) });
  return response;
}
