import { Hono } from "hono";
import { answer, ask, type Desk, exchange } from "./authorize";
import { numberOf, type Person } from "./person";

/** GitHub's OAuth and the two calls of its API that tell who someone is. */
export function github(desk: Desk): Hono {
  const app = new Hono();

  app.get("/login/oauth/authorize", (context) => ask(context, desk));
  app.post("/login/oauth/authorize", (context) => answer(context, desk));

  app.post("/login/oauth/access_token", async (context) => {
    const outcome = await exchange(context, desk);
    // GitHub reports failures with status 200.
    const body: Record<string, string> =
      "wrong" in outcome
        ? { error: outcome.wrong === "client" ? "incorrect_client_credentials" : "bad_verification_code" }
        : { access_token: desk.grants.newToken(outcome.grant), token_type: "bearer", scope: outcome.grant.scope };
    const json = context.req.header("accept")?.includes("json");
    return json ? context.json(body) : context.body(new URLSearchParams(body).toString());
  });

  app.get("/user", (context) => {
    const grant = desk.grants.bearer("github", context.req.header("authorization"));
    if (!grant) return context.json({ message: "Bad credentials" }, 401);
    return context.json({
      id: Number(numberOf("github", grant.person)),
      login: loginOf(grant.person),
      name: grant.person.name,
      // Most people keep their address private: it comes from /user/emails.
      email: null,
      avatar_url: null,
    });
  });

  app.get("/user/emails", (context) => {
    const grant = desk.grants.bearer("github", context.req.header("authorization"));
    if (!grant) return context.json({ message: "Bad credentials" }, 401);
    if (!/\buser(:email)?\b/.test(grant.scope.replaceAll("read:user", ""))) {
      return context.json({ message: "Not Found" }, 404);
    }
    const { email, emailVerified } = grant.person;
    return context.json([
      // Verified, and yet not the address to go by.
      { email: noreplyOf(grant.person), primary: false, verified: true, visibility: null },
      { email, primary: true, verified: emailVerified, visibility: "private" },
    ]);
  });
  return app;
}

function loginOf({ email }: Person): string {
  return (email.split("@")[0] ?? "").toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}

function noreplyOf(person: Person): string {
  return `${numberOf("github", person)}+${loginOf(person)}@users.noreply.github.example`;
}
