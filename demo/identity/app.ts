import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { Client } from "./authorize";
import { github } from "./github";
import { google } from "./google";
import { Grants } from "./grants";

export interface IdentityOptions {
  /** Where this server is reached: the issuer of Google's tokens. */
  origin: string;
  google: Client;
  github: Client;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/** The stand-in for Google's and GitHub's sign-in, both at the root of `origin`: their paths do not meet. */
export function identityApp({ origin, now = Date.now, ...clients }: IdentityOptions): Hono {
  const grants = new Grants(now);
  const app = new Hono();
  const own = new URL(origin).host;
  app.use(secureHeaders({ referrerPolicy: "no-referrer", strictTransportSecurity: false }));
  // A page elsewhere that has its own name resolve to this machine gets nothing.
  app.use(async (context, next) => {
    if (context.req.header("host") !== own) return context.text("This server answers on this machine only.", 421);
    return next();
  });
  app.get("/health", (context) => context.json({ ok: true }));
  app.route("/", google(origin, { provider: "google", client: clients.google, grants }, now));
  app.route("/", github({ provider: "github", client: clients.github, grants }));
  return app;
}
