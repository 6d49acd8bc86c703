import { Hono } from "hono";
import { z } from "zod";
import { missing, refuse } from "./answers";
import { customerOf, deleteCustomer, detach, savedBy } from "./methods";
import { customerObject, methodObject, setupObject } from "./objects";
import { Metadata, made } from "./params";
import { find } from "./store";
import { newId, nowS, type Till } from "./till";

const CustomerParams = z.strictObject({
  email: z.email().optional(),
  name: z.string().max(256).optional(),
  metadata: Metadata,
});

/** Customers, and what they saved to pay with. */
export function customersApi(till: Till): Hono {
  const api = new Hono();
  const { state } = till.store;

  api.post("/customers", (c) =>
    made(c, {
      till,
      params: CustomerParams,
      run: ({ email, name, metadata }) => {
        const id = newId("cus");
        const named = { email: email ?? null, name: name ?? null, metadata };
        const customer = { id, createdS: nowS(till), ...named, deleted: false };
        state.customers[id] = customer;
        return { answer: customerObject(customer) };
      },
    }),
  );

  api.get("/customers/:id", (c) => {
    const customer = find(state.customers, c.req.param("id"));
    if (customer === undefined) return missing(c, "customer");
    return c.json(customer.deleted ? { id: customer.id, object: "customer", deleted: true } : customerObject(customer));
  });

  api.delete("/customers/:id", (c) => {
    const customer = customerOf(till, c.req.param("id"));
    if (customer === undefined) return missing(c, "customer");
    deleteCustomer(till, customer);
    return c.json({ id: customer.id, object: "customer", deleted: true });
  });

  api.get("/customers/:id/payment_methods", (c) => {
    const customer = customerOf(till, c.req.param("id"));
    if (customer === undefined) return missing(c, "customer");
    const { type, limit } = c.req.query();
    const all = savedBy(till, customer.id).filter((method) => type === undefined || method.type === type);
    const shown = all.slice(0, Math.min(Number(limit ?? 10) || 10, 100));
    return c.json({
      object: "list",
      url: `/v1/customers/${customer.id}/payment_methods`,
      has_more: shown.length < all.length,
      data: shown.map(methodObject),
    });
  });

  api.get("/payment_methods/:id", (c) => {
    const method = find(state.methods, c.req.param("id"));
    return method === undefined ? missing(c, "PaymentMethod") : c.json(methodObject(method));
  });

  api.post("/payment_methods/:id/detach", (c) => {
    const method = find(state.methods, c.req.param("id"));
    if (method === undefined) return missing(c, "PaymentMethod");
    if (method.customerId === null) {
      const message = "The payment method you provided is not attached to a customer so detachment is impossible.";
      return refuse(c, 400, { param: "payment_method", message });
    }
    detach(till, method);
    return c.json(methodObject(method));
  });

  api.get("/setup_intents/:id", (c) => {
    const setup = find(state.setups, c.req.param("id"));
    return setup === undefined ? missing(c, "setupintent") : c.json(setupObject(setup));
  });

  return api;
}
