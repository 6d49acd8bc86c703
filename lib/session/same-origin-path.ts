export const HOME = "/dashboard";

/** Not pages: a redirect there would do something. */
const notPages = /^\/api(?:[/?#]|$)/;

/**
 * The path, query and fragment of `wanted` if it is a page of `origin`, else `fallback`: what comes from an address or
 * a form never decides which site a person lands on.
 */
export function sameOriginPath(wanted: string | null | undefined, origin: string, fallback = HOME): string {
  if (!wanted || !URL.canParse(wanted, origin)) return fallback;
  const url = new URL(wanted, origin);
  const path = `${url.pathname}${url.search}${url.hash}`;
  // "//host" at the front of a path is another site to a browser; "blob:" addresses have our origin but no path.
  const isPage = url.origin === origin && path.startsWith("/") && !path.startsWith("//");
  return isPage && !notPages.test(path) ? path : fallback;
}
