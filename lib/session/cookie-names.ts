/** `__Host-` makes the browser refuse the cookie from any other host, subdomains included; it needs https. */
const name = (https: boolean, plain: string) => `${https ? "__Host-" : ""}${plain}`;

export const sessionCookieName = (https: boolean): string => name(https, "next-auth.session-token");
export const csrfCookieName = (https: boolean): string => name(https, "next-auth.csrf-token");
export const callbackUrlCookieName = (https: boolean): string => name(https, "next-auth.callback-url");
export const referralCookieName = (https: boolean): string => name(https, "tenspot.referral");
export const appearanceCookieName = (https: boolean): string => name(https, "tenspot.appearance");

export interface CookieAttributes {
  httpOnly: true;
  sameSite: "lax";
  path: "/";
  secure: boolean;
  /** In seconds; without it the cookie ends with the browser. */
  maxAge?: number;
}

export const cookieAttributes = (https: boolean, maxAgeSeconds?: number): CookieAttributes => ({
  httpOnly: true,
  sameSite: "lax",
  path: "/",
  secure: https,
  ...(maxAgeSeconds === undefined ? {} : { maxAge: maxAgeSeconds }),
});

const CHECK_SECONDS = 15 * 60;

/** Every cookie next-auth sets, all bound to this host. */
export const signInCookies = (https: boolean) => ({
  sessionToken: { name: sessionCookieName(https), options: cookieAttributes(https) },
  csrfToken: { name: csrfCookieName(https), options: cookieAttributes(https) },
  callbackUrl: { name: callbackUrlCookieName(https), options: cookieAttributes(https) },
  pkceCodeVerifier: { name: name(https, "next-auth.pkce"), options: cookieAttributes(https, CHECK_SECONDS) },
  state: { name: name(https, "next-auth.state"), options: cookieAttributes(https, CHECK_SECONDS) },
  nonce: { name: name(https, "next-auth.nonce"), options: cookieAttributes(https, CHECK_SECONDS) },
});
