import { referralCodePattern } from "@/lib/services/accounts/referral-code";

const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether a person opens a page, as far as the browser tells: not a prefetch, an image, a frame or a script's request. */
export function isVisit(method: string, headers: Headers): boolean {
  if (method !== "GET") return false;
  if (/prefetch/.test(headers.get("sec-purpose") ?? headers.get("purpose") ?? "")) return false;
  return (headers.get("sec-fetch-dest") ?? "document") === "document";
}

/** Cubot makes telephones; whoever else calls itself a bot is one. */
const programs =
  /(?<!cu)bot|crawl|spider|slurp|preview|facebookexternalhit|facebookcatalog|whatsapp|vkshare|embedly|iframely|cardyb|mastodon|validator|inspectiontool|google-pagerenderer/i;

/**
 * Whether a program asks, on its own account: those that make previews of links, and those that search. They say so in
 * their names; one that does not is taken for a person, and is a visitor too many.
 */
export const isProgram = (headers: Headers): boolean => programs.test(headers.get("user-agent") ?? "");

/** The page a referral link leads to, which says whose it is as far as it may. */
export const invitationPath = (code: string): string => `/invited/${encodeURIComponent(code)}`;

const link = /^\/r\/([^/]+)$/;

/**
 * The page that a program is shown where a person is sent on: programs that make previews keep no cookies, and some
 * follow no redirects.
 */
export function previewedPage(pathname: string, headers: Headers): string | null {
  const code = isProgram(headers) ? link.exec(pathname)?.[1] : undefined;
  return code === undefined ? null : invitationPath(decodeURIComponent(code));
}

/** Whether it is the picture of a link, which is the same for everybody and says itself how long it may be kept. */
export const isCard = (pathname: string): boolean => /^\/(?:invited\/[^/]+\/)?card\.png$/.test(pathname);

/** Whether the path's escapes are UTF-8; Next answers 500 where they are not. */
export function isReadable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether another site sent a form to a page. Next refuses these as well, with a fault in place of an answer; a request
 * that names no origin gets past it, and is refused where the form is read.
 */
export function isForeignForm({ method, headers }: { method: string; headers: Headers }, origin: string): boolean {
  const from = headers.get("origin");
  if (method !== "POST" || from === null || from === origin) return false;
  return !URL.canParse(from) || new URL(from).host !== headers.get("host");
}

/** Where `?ref=CODE` on any page leads: to the referral link itself, and back to the page without it. */
export function referralDetour(url: URL): string | null {
  const code = url.searchParams.get("ref");
  if (code === null || !referralCodePattern.test(code) || /^\/(?:api|r)\//.test(url.pathname)) return null;
  const rest = new URLSearchParams(url.searchParams);
  rest.delete("ref");
  const next = rest.size > 0 ? `${url.pathname}?${rest}` : url.pathname;
  return `/r/${code}?${new URLSearchParams({ next })}`;
}

/**
 * On one's own machine a site has several names, and a browser keeps cookies for each of them apart.
 * @param host as the request names it.
 * @returns the origin to go on at, or null when this is it.
 */
export function properOrigin(host: string | null, origin: string): string | null {
  const proper = new URL(origin);
  if (host === null || host === proper.host || !URL.canParse(`http://${host}`)) return null;
  const given = new URL(`http://${host}`);
  const isAlias = loopback.has(given.hostname) && loopback.has(proper.hostname) && given.port === proper.port;
  return isAlias ? origin : null;
}
