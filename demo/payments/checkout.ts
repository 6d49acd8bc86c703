import { type Context, Hono } from "hono";
import { findCard } from "./cards";
import { type CardForm, closedPage, confirmPage, type FormProblem, payPage, returnUrlOf, unknownPage } from "./pages";
import { find, type Session } from "./store";
import { confirm, expireOverdue, pay, type Till } from "./till";

/** The pages a person pays on. */
export function checkoutRoutes(till: Till): Hono {
  const routes = new Hono();

  const guarded = async (c: Context, next: (session: Session) => Response | Promise<Response>): Promise<Response> => {
    expireOverdue(till);
    const session = find(till.store.state.sessions, c.req.param("id"));
    if (session === undefined) return c.html(unknownPage(), 404);
    if (session.status !== "open") return c.html(closedPage(session), session.paid ? 200 : 410);
    return next(session);
  };

  routes.get("/:id", (c) =>
    guarded(c, (session) => c.html(payPage(session, filledIn(session, c.req.query("card") ?? "", till.clock())))),
  );

  routes.post("/:id", (c) =>
    guarded(c, async (session) => {
      const form = await readCardForm(c);
      const problem = problemOf(form, till.clock());
      const card = findCard(form.number);
      if (problem !== undefined || card === undefined) return c.html(payPage(session, form, problem), 422);
      switch (pay(till, session, card, form.email)) {
        case "succeeds":
          return c.redirect(returnUrlOf(session), 303);
        case "authenticate":
          return c.redirect(`/pay/${session.id}/confirm`, 303);
        case "declined":
          return c.html(payPage(session, { ...form, code: "" }, declined), 402);
      }
    }),
  );

  routes.get("/:id/confirm", (c) =>
    guarded(c, (session) =>
      isAsked(till, session) ? c.html(confirmPage(session)) : c.redirect(`/pay/${session.id}`, 303),
    ),
  );

  routes.post("/:id/confirm", (c) =>
    guarded(c, async (session) => {
      if (!isAsked(till, session)) return c.redirect(`/pay/${session.id}`, 303);
      const confirmed = (await c.req.parseBody()).answer === "yes";
      confirm(till, session, confirmed);
      if (confirmed) return c.redirect(returnUrlOf(session), 303);
      return c.html(payPage(session, filledIn(session, "", till.clock()), notConfirmed), 402);
    }),
  );

  return routes;
}

const declined: FormProblem = {
  field: "number",
  message: "The card was declined. Nothing was charged. Try another card, or go back.",
};

const notConfirmed: FormProblem = {
  field: "number",
  message: "The payment was not confirmed. Nothing was charged. Try again, or go back.",
};

/** Whether the person's bank waits for an answer. */
const isAsked = (till: Till, session: Session): boolean =>
  find(till.store.state.payments, session.paymentId)?.status === "requires_action";

function filledIn(session: Session, number: string, now: Date): CardForm {
  const email = session.customerEmail ?? "";
  const card = findCard(number);
  if (card === undefined) return { email, number: "", expiry: "", code: "" };
  return { email, number: card.number, expiry: `12/${(now.getUTCFullYear() + 3) % 100}`, code: "123" };
}

async function readCardForm(c: Context): Promise<CardForm> {
  const body = await c.req.parseBody();
  const text = (name: string): string => {
    const value = body[name];
    return typeof value === "string" ? value.trim() : "";
  };
  const number = text("number");
  // A number that is not a test card may be somebody's real one: it is not even shown again.
  return { email: text("email"), number: findCard(number) ? number : "", expiry: text("expiry"), code: text("code") };
}

function problemOf({ email, number, expiry, code }: CardForm, now: Date): FormProblem | undefined {
  if (!/^\S+@\S+$/.test(email)) return { field: "email", message: "Type an e-mail address; any will do." };
  if (number === "")
    return { field: "number", message: "Use one of the test cards below the form. Nothing was charged." };
  const [, month = "", year = ""] = /^(0[1-9]|1[0-2]) ?\/ ?([0-9]{2})$/.exec(expiry) ?? [];
  const lastMonth = (now.getUTCFullYear() % 100) * 12 + now.getUTCMonth() + 1;
  if (month === "" || Number(year) * 12 + Number(month) < lastMonth) {
    return { field: "expiry", message: "Type a month that lies ahead, such as 12/34." };
  }
  if (!/^[0-9]{3,4}$/.test(code)) return { field: "code", message: "Type three digits; any will do." };
  return undefined;
}
