/** Set on the request for the pages: the path that was asked for. Whoever reads it checks it, it may be forged. */
export const REQUEST_PATH_HEADER = "x-request-path";

export interface PageSecurity {
  /** Scheme, host and port under which people reach the product. */
  origin: string;
  /** Of this request alone. */
  nonce: string;
  /** Where our forms may lead besides our own pages: the providers' sign-in and payment pages. */
  formOrigins: readonly string[];
  /** Next's development server evaluates code and writes styles of its own. */
  development: boolean;
}

/** What a page may load, run and send: nothing but our own, and no script without the request's nonce. */
export function contentSecurityPolicy({ origin, nonce, formOrigins, development }: PageSecurity): string {
  const ours = "'self'";
  const directives: Record<string, readonly string[]> = {
    "default-src": [ours],
    "script-src": [ours, `'nonce-${nonce}'`, "'strict-dynamic'", ...(development ? ["'unsafe-eval'"] : [])],
    "style-src": [ours, ...(development ? ["'unsafe-inline'"] : [`'nonce-${nonce}'`])],
    // Charts place their parts by style attributes, which can load and run nothing.
    "style-src-attr": ["'unsafe-inline'"],
    "img-src": [ours, "data:", "blob:"],
    "connect-src": [ours, ...(development ? [origin.replace(/^http/, "ws")] : [])],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": [ours, ...new Set(formOrigins)],
    "frame-ancestors": ["'none'"],
    ...(origin.startsWith("https:") ? { "upgrade-insecure-requests": [] } : {}),
  };
  return Object.entries(directives)
    .map(([name, values]) => [name, ...values].join(" "))
    .join("; ");
}

/** `Cache-Control` of whatever does not say otherwise of itself: pages show what is somebody's own, and each has a nonce. */
export const KEPT_NOWHERE = "private, no-store";

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** The headers of every answer that passes `proxy.ts`. */
export function securityHeaders(origin: string): Record<string, string> {
  return {
    "X-Content-Type-Options": "nosniff",
    // Not "no-referrer": browsers would then send our own forms with the origin "null".
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    ...(origin.startsWith("https:")
      ? { "Strict-Transport-Security": `max-age=${YEAR_SECONDS}; includeSubDomains` }
      : {}),
  };
}
