import { z } from "@hono/zod-openapi";
import type { Context as HonoContext } from "hono";
import { rejectReasons } from "@/lib/services/usage/event";
import { type Ingested, ingest, ingestAtomically } from "@/lib/services/usage/ingest";
import type { Api, ApiOptions } from "./app";
import { requireScope } from "./auth";
import { problem } from "./problem";
import { Amount, answers, Instant, Label, Name, Problem, problems, Quantity, Service } from "./schemas";

const EVENTS_MAX = 10_000;

/** For the document; the flood is read by `readEvent`, which a test holds to the same rules. */
const Event = z
  .object({
    specversion: z.literal("1.0"),
    type: z.literal("usage"),
    source: Label,
    id: Label,
    subject: Name,
    time: Instant.openapi({ description: "The instant the interval ended." }),
    data: z.object({
      sku: Label.optional(),
      durationMs: z.number().int().min(0).optional(),
      quantity: Quantity.optional(),
      amount: Amount.optional().openapi({ description: "The platform's own price; wins over the rate card." }),
      service: Service.optional(),
      resource: Label.optional(),
      template: Label.optional(),
    }),
  })
  .openapi("UsageEvent");

const Void = Event.extend({
  type: z.literal("usage.void"),
  data: z.object({ voids: z.object({ source: Label, id: Label }) }),
}).openapi("VoidEvent", { description: "Takes an event back with every effect." });

const Sent = z.union([Event, Void]);

const Reason = z.enum(rejectReasons).openapi({
  description:
    "The closed list. `account_closed` is for an account whose usage an operator has stopped: what comes late for an account that its owner closed is accepted, charged and written off.",
});

const Answer = z
  .object({
    accepted: z.number(),
    duplicates: z.number(),
    quarantined: z.number(),
    rejected: z.array(z.object({ index: z.number(), id: z.string().nullable(), reason: Reason, detail: z.string() })),
  })
  .openapi("IngestAnswer");

const jsonTypes = ["application/json", "application/cloudevents+json", "application/cloudevents-batch+json"] as const;

export function eventRoutes(app: Api, { ctx }: ApiOptions): void {
  const content = {
    "application/cloudevents+json": { schema: Sent },
    "application/cloudevents-batch+json": { schema: z.array(Sent).max(EVENTS_MAX) },
    "application/json": { schema: z.union([Sent, z.array(Sent).max(EVENTS_MAX)]) },
  };
  app.openAPIRegistry.registerPath({
    method: "post",
    path: "/api/v1/events",
    security: [{ key: ["ingest"] }],
    request: { query: z.object({ atomic: z.enum(["true", "false"]).optional() }), body: { required: true, content } },
    responses: {
      200: answers(Answer, "What became of the events, after the commit"),
      422: {
        description: "Every event was rejected; or, as a problem, there is none",
        content: { "application/json": { schema: Answer }, "application/problem+json": { schema: Problem } },
      },
      ...problems,
    },
  });
  app.post("/api/v1/events", requireScope(ctx, "ingest"), async (c) => {
    const type = (c.req.header("Content-Type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
    if (!(jsonTypes as readonly string[]).includes(type)) {
      return problem(c, 400, `Send Content-Type: one of ${jsonTypes.join(", ")}`);
    }
    const atomic = c.req.query("atomic");
    if (atomic !== undefined && atomic !== "true" && atomic !== "false") {
      return problem(c, 422, "atomic must be true or false", [{ path: "atomic", message: "must be true or false" }]);
    }
    const sent = parse(await c.req.text());
    if (sent === undefined) return problem(c, 400, "The body is not valid JSON");
    const events = Array.isArray(sent) ? sent : [sent];
    if (events.length > EVENTS_MAX) return problem(c, 413, `A batch holds at most ${EVENTS_MAX} events; send several`);
    if (events.length === 0) {
      return problem(c, 422, "The batch is empty; send at least one event", [
        { path: "", message: "must not be empty" },
      ]);
    }
    return answer(c, await (atomic === "true" ? ingestAtomically : ingest)(ctx, events), atomic === "true");
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function answer(c: HonoContext, { outcomes }: Ingested, atomic: boolean): Response {
  const count = (kind: string) => outcomes.filter(({ outcome }) => outcome.kind === kind).length;
  const rejected = outcomes.flatMap(({ id, outcome }, index) =>
    outcome.kind === "rejected" ? [{ index, id, reason: outcome.reason, detail: outcome.detail }] : [],
  );
  const refusedWhole = atomic && rejected.length > 0;
  const body = {
    accepted: refusedWhole ? 0 : count("accepted"),
    duplicates: refusedWhole ? 0 : count("duplicate"),
    quarantined: refusedWhole ? 0 : count("quarantined"),
    rejected,
  };
  return c.json(body, refusedWhole || rejected.length === outcomes.length ? 422 : 200);
}
