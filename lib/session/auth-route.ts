import "server-only";
import { type NextRequest, NextResponse } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "./auth-options";
import { browserName } from "./browser-name";
import { CARRIED, confirmPage } from "./confirm-link";
import { callbackUrlCookieName, referralCookieName } from "./cookie-names";
import { isFromHere, isHttps, publicOrigin } from "./public-origin";

interface Route {
  params: Promise<{ nextauth: string[] }>;
}

/** What next-auth may be asked for; the rest of it (its log, its own pages) is not served. */
const served: Record<string, readonly string[]> = {
  GET: ["callback", "csrf", "error", "providers", "session", "signin", "verify-request"],
  POST: ["callback", "signin", "signout"],
};

const BODY_BYTES_MAX = 16_384;
const FORM = "application/x-www-form-urlencoded";

/** next-auth behind a door of our own: what it would answer with a fault, or take from another site, is refused here. */
export async function handleAuth(request: NextRequest, route: Route): Promise<Response> {
  const { nextauth } = await route.params;
  const [action = "", provider] = nextauth;
  const refusal = refusedRequest(request, action);
  if (refusal) return refusal;
  const detour = request.method === "GET" ? otherPage(request, action, provider) : null;
  if (detour) return NextResponse.redirect(detour, 303);
  let opened = false;
  const options = authOptions({
    carried: request.nextUrl.searchParams.get(CARRIED),
    browser: browserName(request.headers.get("user-agent")),
    onOpened: () => {
      opened = true;
    },
  });
  const response: Response = await NextAuth(request, route, options);
  // Not through Next's `cookies()`, which rewrites next-auth's own cookies and drops their `Max-Age=0`.
  if (opened) response.headers.append("set-cookie", referralUsedUp(isHttps(publicOrigin())));
  return response;
}

/** A link that led to a sign-up counts for no other. */
const referralUsedUp = (https: boolean) =>
  `${referralCookieName(https)}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${https ? "; Secure" : ""}`;

function refusedRequest(request: NextRequest, action: string): Response | null {
  const origin = publicOrigin();
  if (!served[request.method]?.includes(action)) return plain("Not found.", 404);
  const { searchParams } = request.nextUrl;
  const callbackUrls = [
    searchParams.get("callbackUrl"),
    request.cookies.get(callbackUrlCookieName(isHttps(origin)))?.value,
  ];
  if (!callbackUrls.every((url) => !url || isWebAddress(url, origin))) {
    return plain("callbackUrl is not an address of this site.", 400);
  }
  if (request.method === "GET") return null;
  if (!isFromHere(request.headers.get("origin"), origin)) {
    return plain(`This form was not sent from ${origin}. Open that address and sign in there.`, 403);
  }
  if (action === "signin" && searchParams.size > 0) return plain("Send the form without parameters.", 400);
  if (!request.headers.get("content-type")?.startsWith(FORM)) return plain(`Send a form (${FORM}).`, 415);
  if (Number(request.headers.get("content-length") ?? 0) > BODY_BYTES_MAX) return plain("The form is too long.", 413);
  return null;
}

/** Where a GET goes instead of into next-auth. */
function otherPage({ nextUrl }: NextRequest, action: string, provider: string | undefined): URL | null {
  const origin = publicOrigin();
  const { searchParams } = nextUrl;
  // Opening a link must not use it up; confirming it does, by POST.
  if (action === "callback" && provider === "email") {
    return confirmPage(nextUrl, { origin, followed: searchParams.get(CARRIED) });
  }
  if (action === "callback" && searchParams.get("error") === "access_denied") {
    return new URL("/sign-in?error=Cancelled", origin);
  }
  if (action === "signin" && searchParams.has("csrf")) {
    return new URL("/api/auth/signin?error=FormExpired", origin);
  }
  return null;
}

const isWebAddress = (url: string, base: string) =>
  URL.canParse(url, base) && /^https?:$/.test(new URL(url, base).protocol);

const plain = (text: string, status: number) =>
  new Response(`${text}\n`, { status, headers: { "content-type": "text/plain; charset=utf-8" } });
