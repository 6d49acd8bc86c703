import { createHash, createPublicKey, randomBytes, verify } from "node:crypto";
import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { people } from "@/demo/personas/people";
import { freePort } from "@/demo/processes/ports";
import { identityApp } from "./app";

const redirectUri = "http://localhost:3000/api/auth/callback/google";
const clients = {
  google: { id: "tenspot", secret: "google's secret", redirectUri },
  github: { id: "tenspot", secret: "github's secret", redirectUri },
};

let clock = Date.parse("2026-03-01T00:00:00Z");
let server: Server;
let origin: string;

beforeAll(async () => {
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  server = createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  startAgain();
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** A new run of the program at the same address, with nothing kept. */
function startAgain(): void {
  server.removeAllListeners("request");
  server.on("request", getRequestListener(identityApp({ origin, ...clients, now: () => clock }).fetch));
}

const verifier = randomBytes(32).toString("base64url");
const challenge = createHash("sha256").update(verifier).digest("base64url");
const paths = {
  google: { page: "/o/oauth2/v2/auth", token: "/token" },
  github: { page: "/login/oauth/authorize", token: "/login/oauth/access_token" },
};
type Provider = keyof typeof paths;

function pageUrl(provider: Provider, changes: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    client_id: "tenspot",
    redirect_uri: redirectUri,
    response_type: "code",
    scope: provider === "google" ? "openid email profile" : "read:user user:email",
    state: "the state",
    nonce: "the nonce",
    code_challenge: challenge,
    code_challenge_method: "S256",
    ...changes,
  });
  return `${origin}${paths[provider].page}?${query}`;
}

async function choose(provider: Provider, form: Record<string, string>): Promise<URL> {
  const response = await fetch(pageUrl(provider), {
    method: "POST",
    body: new URLSearchParams(form),
    redirect: "manual",
  });
  return new URL(response.headers.get("location") ?? "none:");
}

async function codeFor(provider: Provider, form: Record<string, string>): Promise<string> {
  return (await choose(provider, form)).searchParams.get("code") ?? "";
}

function redeem(provider: Provider, code: string, changes: Record<string, string> = {}): Promise<Response> {
  return fetch(`${origin}${paths[provider].token}`, {
    method: "POST",
    headers: { accept: "application/json" },
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code,
      redirect_uri: redirectUri,
      client_id: "tenspot",
      client_secret: clients[provider].secret,
      code_verifier: verifier,
      ...changes,
    }),
  });
}

const typed = (verified: boolean) => ({
  choice: "typed",
  name: "Ada",
  email: "ada@example.com",
  ...(verified ? { verified: "on" } : {}),
});

const Tokens = z.object({ access_token: z.string(), id_token: z.string().default("..") });
const Keys = z.object({ keys: z.array(z.record(z.string(), z.string())) });

async function claimsOf(idToken: string): Promise<unknown> {
  const discovery = await (await fetch(`${origin}/.well-known/openid-configuration`)).json();
  const { keys } = Keys.parse(await (await fetch(z.object({ jwks_uri: z.url() }).parse(discovery).jwks_uri)).json());
  const [header = "", claims = "", signature = ""] = idToken.split(".");
  const { kid, alg } = JSON.parse(Buffer.from(header, "base64url").toString());
  const key = createPublicKey({ key: keys.find((one) => one.kid === kid) ?? {}, format: "jwk" });
  expect(alg).toBe("RS256");
  const signed = Buffer.from(`${header}.${claims}`);
  expect(verify("RSA-SHA256", signed, key, Buffer.from(signature, "base64url"))).toBe(true);
  return JSON.parse(Buffer.from(claims, "base64url").toString());
}

test.each([true, false])("the ID token carries the nonce and says e-mail verified: %s", async (verified) => {
  const tokens = Tokens.parse(await (await redeem("google", await codeFor("google", typed(verified)))).json());
  expect(await claimsOf(tokens.id_token)).toMatchObject({
    iss: origin,
    aud: "tenspot",
    nonce: "the nonce",
    email: "ada@example.com",
    email_verified: verified,
    exp: clock / 1000 + 3600,
  });
  const info = await fetch(`${origin}/v1/userinfo`, { headers: { authorization: `Bearer ${tokens.access_token}` } });
  expect(await info.json()).toMatchObject({ name: "Ada", email_verified: verified });
});

test("the state comes back with the code, and with a refusal", async () => {
  expect((await choose("google", { choice: "new" })).searchParams.get("state")).toBe("the state");
  const refused = await choose("google", { choice: "cancel" });
  expect(Object.fromEntries(refused.searchParams)).toEqual({ state: "the state", error: "access_denied" });
});

test("a code is exchanged once", async () => {
  const code = await codeFor("google", { choice: "new" });
  expect((await redeem("google", code)).status).toBe(200);
  expect((await redeem("google", code)).status).toBe(400);
});

test("a code is exchanged within a minute or not at all", async () => {
  const code = await codeFor("google", { choice: "new" });
  clock += 60_000;
  expect((await redeem("google", code)).status).toBe(400);
});

test("a wrong PKCE verifier gets no token, and uses the code up", async () => {
  const code = await codeFor("google", { choice: "new" });
  expect((await redeem("google", code, { code_verifier: "x".repeat(43) })).status).toBe(400);
  expect((await redeem("google", code)).status).toBe(400);
});

test("another redirect address or a code of the other provider gets no token", async () => {
  const changes = { redirect_uri: "http://localhost:3000/elsewhere" };
  expect((await redeem("google", await codeFor("google", { choice: "new" }), changes)).status).toBe(400);
  expect((await redeem("google", await codeFor("github", { choice: "new" }))).status).toBe(400);
});

test("a wrong client secret is refused in the body and in the header", async () => {
  const code = await codeFor("google", { choice: "new" });
  expect((await redeem("google", code, { client_secret: "guessed" })).status).toBe(401);
  const basic = Buffer.from("tenspot:guessed").toString("base64");
  const response = await fetch(`${origin}/token`, {
    method: "POST",
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ code, redirect_uri: redirectUri, code_verifier: verifier }),
  });
  expect(response.status).toBe(401);
});

test.each([
  ["without PKCE", { code_challenge: "" }],
  ["with plain PKCE", { code_challenge_method: "plain" }],
  ["without a state", { state: "" }],
  ["from an unknown client", { client_id: "someone" }],
  ["to an unregistered address", { redirect_uri: "http://localhost:3000/steal" }],
])("a request %s is refused on the page and sends nobody anywhere", async (_, changes) => {
  for (const method of ["GET", "POST"]) {
    const response = await fetch(pageUrl("google", changes), { method, redirect: "manual" });
    expect([response.status, response.headers.get("location")]).toEqual([400, null]);
  }
});

test("the page says that it is a stand-in, offers every persona and escapes what it shows", async () => {
  const text = await (await fetch(pageUrl("google"))).text();
  expect(text).toContain("Demo stand-in for Google");
  for (const { email } of people) expect(text).toContain(email);
  const refused = await (await fetch(pageUrl("google", { redirect_uri: "http://x/<script>" }))).text();
  expect(refused).not.toContain("<script>");
});

test("GitHub tells the primary address only through its list, beside a verified one that is not primary", async () => {
  const code = await codeFor("github", typed(false));
  const { access_token } = Tokens.parse(await (await redeem("github", code)).json());
  const ask = async (path: string) =>
    (await fetch(`${origin}${path}`, { headers: { authorization: `token ${access_token}` } })).json();
  expect(await ask("/user")).toMatchObject({ id: expect.any(Number), login: "ada", email: null });
  expect(await ask("/user/emails")).toEqual([
    expect.objectContaining({ primary: false, verified: true }),
    expect.objectContaining({ email: "ada@example.com", primary: true, verified: false }),
  ]);
});

test("GitHub reports a bad code with status 200, as it does", async () => {
  const response = await redeem("github", "never given");
  expect([response.status, await response.json()]).toEqual([200, { error: "bad_verification_code" }]);
});

test("the same person has the same number after a restart", async () => {
  const subject = async () => {
    const { id_token } = Tokens.parse(await (await redeem("google", await codeFor("google", typed(true)))).json());
    return z.object({ sub: z.string() }).parse(await claimsOf(id_token)).sub;
  };
  const first = await subject();
  startAgain();
  expect(await subject()).toBe(first);
});

test("a request under another host name is turned away", async () => {
  const response = identityApp({ origin, ...clients }).request(`${origin}/user`, { headers: { host: "evil.example" } });
  expect((await response).status).toBe(421);
});
