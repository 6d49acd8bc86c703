import { Hono } from "hono";
import { html } from "hono/html";
import { page } from "@/demo/page";
import { dollars } from "./dollars";
import { moneyBackPages } from "./money-back-pages";
import { settle } from "./payments";
import { find, type Payment, type State } from "./store";
import type { Till } from "./till";
import { type Mode, modes, type Webhooks } from "./webhooks";

/** The demo's own controls: what was told to the webhook, and how the next deliveries go. */
export function controlRoutes(till: Till, webhooks: Webhooks): Hono {
  const routes = new Hono();
  routes.get("/", (c) => c.html(controlPage(till.store.state)));
  routes.post("/deliver", async (c) => {
    const mode = modes.find((name) => name === c.req.query("mode"));
    if (mode === undefined) return c.json({ error: `mode must be one of ${modes.join(", ")}` }, 422);
    const delivered = await webhooks.deliver(mode, c.req.query("session"));
    return c.req.header("accept")?.includes("text/html") ? c.redirect("/demo", 303) : c.json({ mode, delivered });
  });
  routes.route("/payments", moneyBackPages(till));
  routes.post("/settle", (c) => {
    const session = find(till.store.state.sessions, c.req.query("session"));
    const payment = find(till.store.state.payments, session?.paymentId);
    if (payment === undefined) return c.json({ error: "session must be one that was paid" }, 422);
    settle(till, payment, c.req.query("arrives") === "yes");
    return c.req.header("accept")?.includes("text/html")
      ? c.redirect("/demo", 303)
      : c.json({ status: payment.status });
  });
  return routes;
}

const labels: Record<Mode, string> = {
  now: "Deliver what is waiting",
  twice: "Deliver everything twice",
  reverse: "Deliver everything, newest first",
  late: "Keep new events back",
};

const SHOWN_MAX = 100;

const controlPage = ({ events, payments }: State): ReturnType<typeof page> =>
  page(
    "Webhook deliveries",
    html`
      <p class="stand-in">What the demo's payment service told the product, newest first.
        Refunds and disputes are made <a href="/demo/payments">beside each payment</a>.</p>
      <div class="choices">${modes.map(
        (mode) => html`<form method="post" action="/demo/deliver?mode=${mode}"><button>${labels[mode]}</button></form>`,
      )}</div>
      ${Object.values(payments)
        .filter(({ status }) => status === "processing")
        .map(promised)}
      <ul>${events
        .slice(-SHOWN_MAX)
        .toReversed()
        .map(
          (event) => html`<li class="mail"><strong>${event.type}</strong> ${event.delivered ? "taken" : "waiting"}
            <small>${new Date(event.createdS * 1_000).toISOString()} · ${event.sessionId}</small></li>`,
        )}</ul>
    `,
  );

const promised = ({ sessionId, amountCents }: Payment) => html`
  <form method="post" action="/demo/settle?session=${sessionId ?? ""}&arrives=yes">
    <button>Let the ${dollars(amountCents)} in stablecoins arrive now</button>
  </form>
  <form method="post" action="/demo/settle?session=${sessionId ?? ""}&arrives=no">
    <button>Let the ${dollars(amountCents)} in stablecoins never arrive</button>
  </form>`;
