import { type Context, Hono } from "hono";
import { html } from "hono/html";
import { page } from "@/demo/page";
import { dollars } from "./dollars";
import {
  closeDispute,
  failRefund,
  isOpen,
  openDispute,
  refund,
  refundableCents,
  settleRefund,
  submitEvidence,
} from "./money-back";
import { type Dispute, find, type Payment, type Refund, type State } from "./store";
import type { Till } from "./till";

type Markup = ReturnType<typeof page>;

const SHOWN_MAX = 50;

/** The demo's own page about what was paid: gives money back, and plays the customer's bank in a dispute. */
export function moneyBackPages(till: Till): Hono {
  const routes = new Hono();
  const { state } = till.store;

  const done = (c: Context, made: object): Response =>
    c.req.header("accept")?.includes("text/html") ? c.redirect("/demo/payments", 303) : c.json(made);
  const refused = (c: Context, message: string): Response | Promise<Response> =>
    c.req.header("accept")?.includes("text/html")
      ? c.html(paymentsPage(state, message), 422)
      : c.json({ error: message }, 422);
  const unknown = (c: Context): Response => c.json({ error: "There is no such payment, refund or dispute." }, 404);

  routes.get("/", (c) => c.html(paymentsPage(state)));

  routes.post("/:id/refund", async (c) => {
    const payment = find(state.payments, c.req.param("id"));
    if (payment?.status !== "succeeded") return unknown(c);
    const form = await c.req.parseBody();
    const most = refundableCents(payment);
    const amountCents = form.amount === undefined || form.amount === "" ? most : centsOf(form.amount);
    if (amountCents === undefined || amountCents === 0 || amountCents > most) {
      return refused(c, `Type an amount up to ${dollars(most)}, such as 5 or 5.50.`);
    }
    const pending = form.pending === "yes";
    return done(c, refund(till, payment, { amountCents, pending, reason: "requested_by_customer", metadata: {} }));
  });

  routes.post("/:id/dispute", (c) => {
    const payment = find(state.payments, c.req.param("id"));
    if (payment?.status !== "succeeded") return unknown(c);
    return done(c, openDispute(till, payment));
  });

  routes.post("/refunds/:id/:end{settle|fail}", (c) => {
    const made = find(state.refunds, c.req.param("id"));
    if (made === undefined) return unknown(c);
    if (c.req.param("end") === "settle") settleRefund(till, made);
    else failRefund(till, made);
    return done(c, made);
  });

  routes.post("/disputes/:id/:end{evidence|win|lose}", (c) => {
    const dispute = find(state.disputes, c.req.param("id"));
    if (dispute === undefined) return unknown(c);
    if (c.req.param("end") === "evidence") submitEvidence(till, dispute);
    else closeDispute(till, dispute, c.req.param("end") === "win");
    return done(c, dispute);
  });

  return routes;
}

/** "5" and "5.50" as cents, by digits. */
function centsOf(typed: unknown): number | undefined {
  const [, whole = "", cents = ""] = /^([0-9]{1,6})(?:\.([0-9]{2}))?$/.exec(String(typed).trim()) ?? [];
  return whole === "" ? undefined : Number(`${whole}${cents || "00"}`);
}

function paymentsPage(state: State, problem?: string): Markup {
  const paid = Object.values(state.payments).filter(({ status }) => status === "succeeded");
  return page(
    "Payments",
    html`
      <p class="stand-in">What the demo's payment service was paid, newest first. Here you are the merchant who gives money
        back, and the customer's bank that disputes a payment and decides about it. No money moves.
        <a href="/demo">Webhook deliveries</a></p>
      ${problem === undefined ? "" : html`<p role="alert">${problem}</p>`}
      ${paid.length === 0 ? html`<p>Nothing was paid yet.</p>` : ""}
      <ul>${paid
        .slice(-SHOWN_MAX)
        .toReversed()
        .map((payment) => paymentItem(state, payment))}</ul>
    `,
  );
}

const paymentItem = (state: State, payment: Payment): Markup => html`
  <li class="mail"><strong>${dollars(payment.amountCents)}</strong> ${payment.charge?.brand} ${payment.charge?.last4}
    <small>${new Date(payment.createdS * 1_000).toISOString()} · ${payment.id}</small>
    ${Object.values(state.refunds)
      .filter(({ paymentId }) => paymentId === payment.id)
      .map(refundItem)}
    ${Object.values(state.disputes)
      .filter(({ paymentId }) => paymentId === payment.id)
      .map(disputeItem)}
    ${
      refundableCents(payment) > 0
        ? html`<form method="post" action="/demo/payments/${payment.id}/refund">
            <label>Refund, up to ${dollars(refundableCents(payment))}
              <input name="amount" inputmode="decimal" autocomplete="off" maxlength="9" placeholder="all of it"></label>
            <label><input type="checkbox" name="pending" value="yes"> the bank takes its time</label>
            <button>Refund</button>
          </form>`
        : ""
    }
    <form method="post" action="/demo/payments/${payment.id}/dispute"><button class="quiet">Dispute it</button></form>
  </li>`;

const refundItem = (made: Refund): Markup => html`
  <p>Refund of ${dollars(made.amountCents)}: ${made.status}</p>
  ${made.status === "pending" ? act(`refunds/${made.id}/settle`, "The bank takes it") : ""}
  ${made.status === "pending" || made.status === "succeeded" ? act(`refunds/${made.id}/fail`, "The bank sends it back") : ""}`;

const disputeItem = (dispute: Dispute): Markup => html`
  <p>Dispute of ${dollars(dispute.amountCents)}: ${dispute.status.replaceAll("_", " ")}</p>
  ${isOpen(dispute) ? html`${act(`disputes/${dispute.id}/win`, "The merchant wins")} ${act(`disputes/${dispute.id}/lose`, "The merchant loses")}` : ""}`;

const act = (path: string, label: string): Markup =>
  html`<form method="post" action="/demo/payments/${path}"><button>${label}</button></form>`;
