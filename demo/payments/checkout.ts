import { type Context, Hono } from "hono";
import { findCard, type TestCard } from "./cards";
import { newCard, newWallet, savedBy, type TypedCard } from "./methods";
import { type CardForm, closedPage, confirmPage, type FormProblem, payPage, returnUrlOf, unknownPage } from "./pages";
import { confirm, payBy, promise } from "./payments";
import { confirmSaving, saveCard } from "./setups";
import { find, type Method, type Session } from "./store";
import { expireOverdue, type Till } from "./till";

/** The pages a person pays on, or saves a card on. */
export function checkoutRoutes(till: Till): Hono {
  const routes = new Hono();

  const guarded = async (c: Context, next: (session: Session) => Response | Promise<Response>): Promise<Response> => {
    expireOverdue(till);
    const session = find(till.store.state.sessions, c.req.param("id"));
    if (session === undefined) return c.html(unknownPage(), 404);
    if (session.status !== "open") return c.html(closedPage(session), session.status === "complete" ? 200 : 410);
    return next(session);
  };

  const shown = (session: Session, form = filledIn(session, "", till.clock()), problem?: FormProblem) =>
    payPage({ session, form, problem, saved: session.customerId === null ? [] : savedBy(till, session.customerId) });

  const tried = (c: Context, session: Session, outcome: TestCard["outcome"], form?: CardForm) => {
    if (outcome === "succeeds") return c.redirect(returnUrlOf(session), 303);
    if (outcome === "authenticate") return c.redirect(`/pay/${session.id}/confirm`, 303);
    return c.html(shown(session, form, declined(session)), 402);
  };

  routes.get("/:id", (c) =>
    guarded(c, (session) => c.html(shown(session, filledIn(session, c.req.query("card") ?? "", till.clock())))),
  );

  routes.post("/:id", (c) =>
    guarded(c, async (session) => {
      const form = await readCardForm(c);
      const typed = readCard(form, till.clock());
      if (!("card" in typed)) return c.html(shown(session, form, typed), 422);
      const method = newCard(till, typed);
      const outcome = session.mode === "setup" ? saveCard(till, session, method) : payBy(till, session, method);
      return tried(c, session, outcome, { ...form, code: "" });
    }),
  );

  routes.post("/:id/saved", (c) =>
    guarded(c, async (session) => {
      const method = await ownCard(till, session, c);
      if (method === undefined) return c.redirect(`/pay/${session.id}`, 303);
      return tried(c, session, payBy(till, session, method));
    }),
  );

  routes.post("/:id/crypto", (c) =>
    guarded(c, async (session) => {
      if (!session.methodTypes.includes("crypto")) return c.redirect(`/pay/${session.id}`, 303);
      promise(till, session, newWallet(till), (await c.req.parseBody()).arrives === "yes");
      return c.redirect(returnUrlOf(session), 303);
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
      const payment = find(till.store.state.payments, session.paymentId);
      if (payment === undefined) confirmSaving(till, session, confirmed);
      else confirm(till, payment, confirmed);
      if (confirmed) return c.redirect(returnUrlOf(session), 303);
      return c.html(shown(session, undefined, notConfirmed(session)), 402);
    }),
  );

  return routes;
}

const nothing = (session: Session): string =>
  session.mode === "setup" ? "Nothing was saved." : "Nothing was charged.";

const declined = (session: Session): FormProblem => ({
  field: "number",
  message: `The card was declined. ${nothing(session)} Try another card, or go back.`,
});

const notConfirmed = (session: Session): FormProblem => ({
  field: "number",
  message: `The ${session.mode === "setup" ? "card" : "payment"} was not confirmed. ${nothing(session)} Try again, or go back.`,
});

/** Whether the person's bank waits for an answer. */
const isAsked = ({ store }: Till, session: Session): boolean =>
  find(store.state.payments, session.paymentId)?.status === "requires_action" ||
  find(store.state.setups, session.setupId)?.status === "requires_action";

async function ownCard(till: Till, session: Session, c: Context): Promise<Method | undefined> {
  const { method: id } = await c.req.parseBody();
  if (session.customerId === null || session.mode !== "payment") return undefined;
  return savedBy(till, session.customerId).find((method) => method.id === id);
}

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

function readCard({ email, number, expiry, code }: CardForm, now: Date): TypedCard | FormProblem {
  if (!/^\S+@\S+$/.test(email)) return { field: "email", message: "Type an e-mail address; any will do." };
  const card = findCard(number);
  if (card === undefined)
    return { field: "number", message: "Use one of the test cards below the form. Nothing was charged." };
  const [, month = "", year = ""] = /^(0[1-9]|1[0-2]) ?\/ ?([0-9]{2})$/.exec(expiry) ?? [];
  const thisMonth = (now.getUTCFullYear() % 100) * 12 + now.getUTCMonth() + 1;
  if (month === "" || Number(year) * 12 + Number(month) < thisMonth) {
    return { field: "expiry", message: "Type a month that lies ahead, such as 12/34." };
  }
  if (!/^[0-9]{3,4}$/.test(code)) return { field: "code", message: "Type three digits; any will do." };
  const century = Math.floor(now.getUTCFullYear() / 100) * 100;
  return { card, email, expiryMonth: Number(month), expiryYear: century + Number(year) };
}
