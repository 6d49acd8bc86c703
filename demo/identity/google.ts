import { Hono } from "hono";
import { answer, ask, type Desk, exchange } from "./authorize";
import { numberOf, type Person } from "./person";
import { Signer } from "./signing";

/** Google's OpenID Connect at `issuer`: discovery, authorization, tokens, keys, userinfo. */
export function google(issuer: string, desk: Desk, now: () => number): Hono {
  const signer = new Signer();
  const app = new Hono();

  app.get("/.well-known/openid-configuration", (context) =>
    context.json({
      issuer,
      authorization_endpoint: `${issuer}/o/oauth2/v2/auth`,
      token_endpoint: `${issuer}/token`,
      userinfo_endpoint: `${issuer}/v1/userinfo`,
      jwks_uri: `${issuer}/oauth2/v3/certs`,
      response_types_supported: ["code"],
      grant_types_supported: ["authorization_code"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
      scopes_supported: ["openid", "email", "profile"],
      token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic"],
      claims_supported: ["aud", "email", "email_verified", "exp", "iat", "iss", "name", "sub"],
      code_challenge_methods_supported: ["S256"],
    }),
  );
  app.get("/oauth2/v3/certs", (context) => context.json(signer.jwks()));
  app.get("/o/oauth2/v2/auth", (context) => ask(context, desk));
  app.post("/o/oauth2/v2/auth", (context) => answer(context, desk));

  app.post("/token", async (context) => {
    const outcome = await exchange(context, desk);
    if ("wrong" in outcome) {
      return outcome.wrong === "client"
        ? context.json({ error: "invalid_client", error_description: "Unknown client or wrong secret." }, 401)
        : context.json({ error: "invalid_grant", error_description: "The code does not match this request." }, 400);
    }
    const { grant } = outcome;
    const seconds = Math.floor(now() / 1000);
    return context.json({
      access_token: desk.grants.newToken(grant),
      token_type: "Bearer",
      expires_in: 3600,
      scope: grant.scope,
      id_token: signer.sign({
        iss: issuer,
        aud: desk.client.id,
        azp: desk.client.id,
        iat: seconds,
        exp: seconds + 3600,
        ...claimsOf(grant.person),
        ...(grant.nonce === undefined ? {} : { nonce: grant.nonce }),
      }),
    });
  });

  app.get("/v1/userinfo", (context) => {
    const grant = desk.grants.bearer("google", context.req.header("authorization"));
    return grant ? context.json(claimsOf(grant.person)) : context.json({ error: "invalid_token" }, 401);
  });
  return app;
}

function claimsOf(person: Person) {
  return {
    sub: numberOf("google", person),
    name: person.name,
    email: person.email,
    email_verified: person.emailVerified,
  };
}
