import { Hono } from "hono";
import { z } from "zod";
import { keyed, listed, missing, problemOf } from "./answers";
import { readForm } from "./form";
import { closeDispute, isOpen, submitEvidence } from "./money-back";
import { disputeObject } from "./money-back-objects";
import { type Dispute, find } from "./store";
import type { Till } from "./till";

/** As in Stripe's test mode, these words decide what the bank says of the evidence. */
const decisive: Readonly<Record<string, boolean>> = { winning_evidence: true, losing_evidence: false };

const EvidenceParams = z.strictObject({
  evidence: z.strictObject({ uncategorized_text: z.string().max(20_000) }).optional(),
  submit: z.enum(["true", "false"]).default("true"),
});

/** Stripe's disputes. Customers open them with their bank, so no call here does. */
export function disputeRoutes(till: Till): Hono {
  const api = new Hono();
  const { state } = till.store;

  const toObject = (dispute: Dispute) => {
    const payment = find(state.payments, dispute.paymentId);
    return payment === undefined ? null : disputeObject(dispute, payment);
  };

  api.get("/disputes", (c) => {
    const { payment_intent: intent, charge } = c.req.query();
    const some = Object.values(state.disputes).filter(
      ({ paymentId }) =>
        (intent === undefined || paymentId === intent) &&
        (charge === undefined || find(state.payments, paymentId)?.charge?.id === charge),
    );
    return listed(c, some, toObject);
  });

  api.get("/disputes/:id", (c) => {
    const dispute = find(state.disputes, c.req.param("id"));
    return dispute === undefined ? missing(c, "dispute") : c.json(toObject(dispute) ?? {});
  });

  api.post("/disputes/:id", (c) => {
    const dispute = find(state.disputes, c.req.param("id"));
    if (dispute === undefined) return missing(c, "dispute");
    return keyed(c, till.store, (body) => {
      const params = EvidenceParams.safeParse(readForm(body));
      if (!params.success) return { refused: problemOf(params.error) };
      if (!isOpen(dispute)) return { refused: { message: "This dispute is already closed" } };
      const won = decisive[params.data.evidence?.uncategorized_text ?? ""];
      if (params.data.submit === "true") submitEvidence(till, dispute);
      if (params.data.submit === "true" && won !== undefined) closeDispute(till, dispute, won);
      return { answer: toObject(dispute) ?? {} };
    });
  });

  api.post("/disputes/:id/close", (c) => {
    const dispute = find(state.disputes, c.req.param("id"));
    if (dispute === undefined) return missing(c, "dispute");
    return keyed(c, till.store, () => {
      if (!isOpen(dispute)) return { refused: { message: "This dispute is already closed" } };
      closeDispute(till, dispute, false);
      return { answer: toObject(dispute) ?? {} };
    });
  });

  return api;
}
