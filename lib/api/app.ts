import { OpenAPIHono, type z } from "@hono/zod-openapi";
import { HTTPException } from "hono/http-exception";
import { isBusy } from "@/db/errors";
import { UsagePutAway } from "@/lib/ledger/months/kept";
import type { Context } from "@/lib/services/context";
import { defaultLimits } from "@/lib/services/limits/policies";
import { RateLimiter } from "@/lib/services/limits/rate-limiter";
import { accountReferralRoutes } from "./account-referrals";
import { accountUsageRoutes } from "./account-usage";
import { accountRoutes } from "./accounts";
import { Admission, type AdmissionLimits, admitted, BODY_BYTES_MAX, busy, defaultAdmission } from "./admission";
import { authorizationRoutes } from "./authorizations";
import { bodySize } from "./body-size";
import { drawRoutes } from "./draws";
import { entryRoutes } from "./entries";
import { eventRoutes } from "./events";
import { fundRoutes } from "./funds";
import { healthRoutes } from "./health";
import { registerMessages } from "./messages";
import { apiDocument, registerPlainCalls } from "./openapi";
import { priceRoutes } from "./prices";
import { problem } from "./problem";
import { programRoutes } from "./programs";
import { quarantineRoutes } from "./quarantine";
import { referralRoutes } from "./referrals";
import { reviewRoutes } from "./reviews";
import { sweepRoutes } from "./sweep";
import { templateRoutes } from "./templates";

/** What the API needs around it. */
export interface ApiOptions {
  ctx: Context;
  /** 32 bytes, from which the local beacon's chains are made. */
  beaconSecret: Uint8Array;
  /** Counts what is asked; by the default limits when absent. */
  limiter?: RateLimiter;
  /** What is taken on at a time; the defaults when absent. */
  admission?: AdmissionLimits;
}

export type Api = OpenAPIHono;

/** The fields an issue is about; keys that should not be there are named one by one. */
function fieldsOf(issue: z.core.$ZodIssue): { path: string; message: string }[] {
  const { path, message } = issue;
  if (issue.code !== "unrecognized_keys") return [{ path: path.join("."), message }];
  return issue.keys.map((key) => ({ path: [...path, key].join("."), message: "is not known here; leave it out" }));
}

/** Input that was parsed and is refused: each field with what is wrong. */
export const newRoutes = (): Api =>
  new OpenAPIHono({
    defaultHook: (result, c) => {
      if (result.success) return undefined;
      const errors = result.error.issues.flatMap(fieldsOf);
      const detail = errors.map(({ path, message }) => `${path || "body"}: ${message}`).join("; ");
      return problem(c, 422, detail, errors);
    },
  });

/** The machine API, framework-free: mounted in the web process and served alone by `npm run ingest`. */
export function createApi(options: ApiOptions): Api {
  const app = newRoutes();
  const limiter = options.limiter ?? new RateLimiter(options.ctx, defaultLimits);
  app.use("*", async (c, next) => {
    c.set("limiter", limiter);
    await next();
    c.header("Cache-Control", "private, no-store");
    c.header("X-Content-Type-Options", "nosniff");
  });
  app.use("/api/v1/*", admitted(new Admission(options.admission ?? defaultAdmission)));
  app.use(
    "*",
    bodySize({
      max: BODY_BYTES_MAX,
      onError: (c) => problem(c, 413, "The body is over 5 MB; send smaller batches"),
    }),
  );
  healthRoutes(app, options);
  eventRoutes(app, options);
  accountRoutes(app, options);
  accountReferralRoutes(app, options);
  accountUsageRoutes(app, options);
  entryRoutes(app, options);
  fundRoutes(app, options);
  authorizationRoutes(app, options);
  templateRoutes(app, options);
  priceRoutes(app, options);
  quarantineRoutes(app, options);
  sweepRoutes(app, options);
  drawRoutes(app, options);
  referralRoutes(app, options);
  reviewRoutes(app, options);
  programRoutes(app, options);
  app.openAPIRegistry.registerComponent("securitySchemes", "key", {
    type: "http",
    scheme: "bearer",
    bearerFormat: "tsk_…",
    description:
      "A key of the platform, or a customer's own. Each call names the scope it needs: ingest, read or admin.",
  });
  registerPlainCalls(app);
  registerMessages(app);
  app.get("/api/v1/openapi.json", (c) => c.json(apiDocument(app), 200));
  app.notFound((c) => problem(c, 404, "There is nothing here"));
  app.onError((error, c) => {
    if (error instanceof HTTPException) return problem(c, 400, "The body is not valid JSON");
    if (error instanceof UsagePutAway) return problem(c, 409, error.message);
    if (isBusy(error)) return busy(c, "The database is busy; send the same again in a moment");
    console.error(error);
    return problem(c, 500, "The fault is ours and was logged; nothing was changed. Send the same again");
  });
  return app;
}
