import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { formOrigins } from "@/lib/session/form-origins";
import { contentSecurityPolicy, KEPT_NOWHERE, REQUEST_PATH_HEADER, securityHeaders } from "@/lib/session/page-headers";
import { isCard, isForeignForm, isReadable, isVisit, previewedPage, referralDetour } from "@/lib/session/page-request";
import { publicOrigin } from "@/lib/session/public-origin";

/** Headers, and referral links on any page. Who may see what is decided where it is read, never here. */
export function proxy(request: NextRequest): NextResponse {
  const origin = publicOrigin();
  const instead = refusalOf(request, origin) ?? detourOf(request, origin);
  const response = instead ?? page(request, origin);
  for (const [name, value] of Object.entries(securityHeaders(origin))) response.headers.set(name, value);
  // What is set here wins over what the route says of itself.
  if (instead || !isCard(request.nextUrl.pathname)) response.headers.set("Cache-Control", KEPT_NOWHERE);
  return response;
}

/** What Next would answer with a fault. */
function refusalOf(request: NextRequest, origin: string): NextResponse | null {
  const { pathname } = request.nextUrl;
  if (!isReadable(pathname)) return new NextResponse("The address is not readable.\n", { status: 400 });
  // Payment providers post to the API from outside, and what they send is signed.
  if (pathname.startsWith("/api/") || !isForeignForm(request, origin)) return null;
  return new NextResponse(`This form was not sent from ${origin}, so nothing was done.\n`, { status: 403 });
}

function detourOf({ method, headers, nextUrl }: NextRequest, origin: string): NextResponse | null {
  const path = isVisit(method, headers) ? referralDetour(nextUrl) : null;
  return path === null ? null : NextResponse.redirect(new URL(path, origin), 307);
}

/** The page that was asked for; of a referral link, for programs that make previews, the one it leads to. */
function page(request: NextRequest, origin: string): NextResponse {
  const nonce = randomBytes(16).toString("base64");
  const development = process.env.NODE_ENV === "development";
  const policy = contentSecurityPolicy({ origin, nonce, formOrigins: formOrigins(), development });
  const headers = new Headers(request.headers);
  headers.set(REQUEST_PATH_HEADER, `${request.nextUrl.pathname}${request.nextUrl.search}`);
  headers.set("x-nonce", nonce);
  // Next reads the nonce from here and puts it on every script it writes.
  headers.set("content-security-policy", policy);
  const shown = request.method === "GET" ? previewedPage(request.nextUrl.pathname, request.headers) : null;
  const response =
    shown === null
      ? NextResponse.next({ request: { headers } })
      : NextResponse.rewrite(new URL(shown, request.url), { request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  return response;
}

export const config = {
  matcher: [
    // The machine API sets its own headers, here and where it is served alone; a proxy would copy every body of events.
    "/((?!_next/static|_next/image|api/v1/|favicon.ico).*)",
    "/api/v1/(.*%.*)",
  ],
};
