import { type Context, Hono } from "hono";
import { authenticatePage, unknownPage } from "./pages";
import { confirm } from "./payments";
import { find, type Payment } from "./store";
import type { Till } from "./till";

/** Where a person confirms a payment that was tried while they were away. */
export function authenticateRoutes(till: Till): Hono {
  const routes = new Hono();

  const asked = (c: Context): (Payment & { returnUrl: string }) | undefined => {
    const payment = find(till.store.state.payments, c.req.param("id"));
    if (payment === undefined || payment.returnUrl === null) return undefined;
    return Object.assign(payment, { returnUrl: payment.returnUrl });
  };

  routes.get("/:id", (c) => {
    const payment = asked(c);
    if (payment === undefined) return c.html(unknownPage(), 404);
    if (payment.status !== "requires_action") return c.redirect(backTo(payment), 303);
    return c.html(authenticatePage(payment));
  });

  routes.post("/:id", async (c) => {
    const payment = asked(c);
    if (payment === undefined) return c.html(unknownPage(), 404);
    confirm(till, payment, (await c.req.parseBody()).answer === "yes");
    return c.redirect(backTo(payment), 303);
  });

  return routes;
}

/** The return address, with what Stripe adds to it. */
function backTo({ id, status, returnUrl }: Payment & { returnUrl: string }): string {
  const url = new URL(returnUrl);
  url.searchParams.set("payment_intent", id);
  url.searchParams.set("payment_intent_client_secret", `${id}_secret_demo`);
  url.searchParams.set("redirect_status", status === "succeeded" ? "succeeded" : "failed");
  return url.href;
}
