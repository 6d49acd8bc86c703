import type { TokenSet, User } from "next-auth";
import EmailProvider from "next-auth/providers/email";
import type { OAuthConfig } from "next-auth/providers/oauth";
import type { Env } from "@/lib/env";
import { githubIdentity, googleIdentity, type Identity, typedEmail } from "./identity";

const WAIT_MS = 10_000;
export const EMAIL_LINK_SECONDS = 60 * 60;

const withoutSlash = (url: string): string => url.replace(/\/$/, "");

const userOf = ({ sub, name, email }: Identity): User => ({ id: sub, name: name ?? null, email: email ?? null });

export type GoogleEnv = Pick<Env, "GOOGLE_CLIENT_ID" | "GOOGLE_CLIENT_SECRET" | "GOOGLE_ISSUER">;

export const google = (env: GoogleEnv): OAuthConfig<Identity> => ({
  id: "google",
  name: "Google",
  type: "oauth",
  clientId: env.GOOGLE_CLIENT_ID,
  clientSecret: env.GOOGLE_CLIENT_SECRET,
  wellKnown: `${withoutSlash(env.GOOGLE_ISSUER ?? "https://accounts.google.com")}/.well-known/openid-configuration`,
  idToken: true,
  checks: ["pkce", "state", "nonce"],
  // Without the prompt, whoever was refused would be sent back with the same Google account for ever.
  authorization: { params: { scope: "openid email profile", prompt: "select_account" } },
  httpOptions: { timeout: WAIT_MS },
  userinfo: { request: ({ tokens }) => googleIdentity(claimsOf(tokens)) },
  profile: userOf,
});

/** What the ID token says, its signature, issuer, audience and nonce having been checked by now. */
function claimsOf(tokens: TokenSet): unknown {
  const { claims } = tokens;
  if (typeof claims !== "function") throw new Error("the provider sent no ID token");
  return claims.call(tokens);
}

export type GitHubEnv = Pick<Env, "GITHUB_CLIENT_ID" | "GITHUB_CLIENT_SECRET" | "GITHUB_URL" | "GITHUB_API_URL">;

export function github(env: GitHubEnv): OAuthConfig<Identity> {
  const site = withoutSlash(env.GITHUB_URL ?? "https://github.com");
  const api = withoutSlash(env.GITHUB_API_URL ?? "https://api.github.com");
  return {
    id: "github",
    name: "GitHub",
    type: "oauth",
    clientId: env.GITHUB_CLIENT_ID,
    clientSecret: env.GITHUB_CLIENT_SECRET,
    issuer: `${site}/login/oauth`,
    authorization: { url: `${site}/login/oauth/authorize`, params: { scope: "user:email" } },
    token: `${site}/login/oauth/access_token`,
    checks: ["pkce", "state"],
    httpOptions: { timeout: WAIT_MS },
    userinfo: {
      async request({ tokens }) {
        const ask = (path: string) => askGitHub(`${api}${path}`, String(tokens.access_token));
        const [user, emails] = await Promise.all([ask("/user"), ask("/user/emails?per_page=100")]);
        return githubIdentity(user, emails);
      },
    },
    profile: userOf,
  };
}

async function askGitHub(url: string, token: string): Promise<unknown> {
  const answer = await fetch(url, {
    headers: { authorization: `Bearer ${token}`, accept: "application/vnd.github+json", "user-agent": "Tenspot" },
    signal: AbortSignal.timeout(WAIT_MS),
    cache: "no-store",
  });
  if (!answer.ok) throw new Error(`GitHub answered ${answer.status} to ${new URL(url).pathname}`);
  return answer.json();
}

/** @param send is given the address typed and next-auth's own link, with its token and return path. */
export const email = (send: (to: string, link: URL) => Promise<void>) =>
  EmailProvider({
    maxAge: EMAIL_LINK_SECONDS,
    normalizeIdentifier: typedEmail,
    sendVerificationRequest: ({ identifier, url }) => send(identifier, new URL(url)),
  });
