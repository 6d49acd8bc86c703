import { html } from "hono/html";
import { page } from "@/demo/page";
import { spaced, testCards } from "./cards";
import { dollars } from "./dollars";
import type { Method, Payment, Session } from "./store";

export interface CardForm {
  email: string;
  number: string;
  expiry: string;
  code: string;
}

/** What stopped the last attempt: in which field, if in one, and a sentence. */
export interface FormProblem {
  field?: keyof CardForm;
  message: string;
}

type Markup = ReturnType<typeof page>;

interface PayPage {
  session: Session;
  form: CardForm;
  /** The cards its customer saved before. */
  saved: readonly Method[];
  problem?: FormProblem | undefined;
}

const titleOf = (session: Session): string =>
  session.mode === "setup" ? "Save a card" : `Pay ${dollars(session.amountCents)}`;

export function payPage({ session, form, saved, problem }: PayPage): Markup {
  const title = titleOf(session);
  // Autofill would offer the person's real cards, so it is off everywhere.
  const field = (name: keyof CardForm, label: string, mode: "email" | "numeric") => html`
    <label>${label}
      <input name="${name}" value="${form[name]}" inputmode="${mode}" autocomplete="off" required maxlength="100"
        ${problem?.field === name ? html`aria-invalid="true" aria-describedby="problem" autofocus` : ""}>
    </label>`;
  return page(
    title,
    html`
      ${styles}
      <p class="stand-in"><strong>Demo payment page.</strong> It stands in for Stripe, on this machine only. No money
        moves; never type a real card number.</p>
      <p class="soft">${session.productName}</p>
      ${problem ? html`<p role="alert" id="problem">${problem.message}</p>` : ""}
      ${session.mode === "payment" ? savedCards(session, saved) : ""}
      <form method="post" action="/pay/${session.id}" novalidate>
        ${field("email", "E-mail", "email")}
        ${field("number", "Card number", "numeric")}
        <div class="pair">${field("expiry", "Expiry (MM/YY)", "numeric")} ${field("code", "Security code", "numeric")}</div>
        <button class="main wide">${session.mode === "setup" ? "Save card" : title}</button>
      </form>
      ${session.saves ? html`<p><small>The card is kept for later payments.</small></p>` : ""}
      ${session.methodTypes.includes("crypto") ? stablecoins(session) : ""}
      <p><a href="${cancelUrlOf(session)}">Cancel and go back</a></p>
      <h2 id="cards">Test cards</h2>
      <ul class="cards" aria-labelledby="cards">${testCards.map(
        (card) => html`<li><span class="digits">${spaced(card.number)}</span> <span class="soft">${card.effect}</span>
          <a href="?card=${card.number}" aria-label="Fill in the card that ${card.effect}">Fill in</a></li>`,
      )}</ul>
      <p><small>The number and the e-mail together stand for one card: another address is another card.</small></p>
    `,
  );
}

const savedCards = (session: Session, saved: readonly Method[]) =>
  saved.length === 0
    ? ""
    : html`<form method="post" action="/pay/${session.id}/saved" class="choices">${saved.map(
        ({ id, number }) =>
          html`<button name="method" value="${id}">Use the saved card that ends in ${number.slice(-4)}</button>`,
      )}</form>`;

const stablecoins = (session: Session) => html`
  <h2>Or with stablecoins</h2>
  <form method="post" action="/pay/${session.id}/crypto" class="choices">
    <button name="arrives" value="yes">Send stablecoins that arrive in half a minute</button>
    <button name="arrives" value="no">Send stablecoins that never arrive</button>
  </form>`;

export const confirmPage = (session: Session): Markup =>
  asking({
    title:
      session.mode === "setup"
        ? "Is it you who saves this card?"
        : `Is it you who pays ${dollars(session.amountCents)}?`,
    action: `/pay/${session.id}/confirm`,
    yes: session.mode === "setup" ? "Confirm the card" : "Confirm payment",
    after: html`<p><a href="${cancelUrlOf(session)}">Cancel and go back</a></p>`,
  });

/** For a payment whose owner was not there when it was tried. */
export const authenticatePage = (payment: Payment): Markup =>
  asking({
    title: `Is it you who pays ${dollars(payment.amountCents)}?`,
    action: `/authenticate/${payment.id}`,
    yes: "Confirm payment",
    after: "",
  });

const asking = (asked: { title: string; action: string; yes: string; after: Markup | string }): Markup =>
  page(
    asked.title,
    html`
      ${styles}
      <p class="stand-in"><strong>Demo payment page.</strong> It stands in for your bank, on this machine only. A real
        one would ask for a code or a fingerprint now.</p>
      <form method="post" action="${asked.action}" class="pair">
        <button class="main" name="answer" value="yes">${asked.yes}</button>
        <button name="answer" value="no">Refuse it</button>
      </form>
      ${asked.after}
    `,
  );

/** For a page that cannot be used any more: used already, or out of time. */
export function closedPage(session: Session): Markup {
  if (session.status !== "complete") {
    return page(
      "This payment page has expired",
      html`<p>Nothing was charged. Go back and start another payment.</p>
        <p><a href="${cancelUrlOf(session)}">Go back</a></p>`,
    );
  }
  const amount = dollars(session.amountCents);
  const [title, said] =
    session.mode === "setup"
      ? ["Saved already", "The card was saved here; nothing more is to be done."]
      : session.paid
        ? ["Paid already", `${amount} were paid here; nothing more is due.`]
        : ["Promised already", `${amount} were promised here; nothing more is to be done.`];
  return page(title, html`<p>${said}</p><p><a href="${returnUrlOf(session)}">Go back</a></p>`);
}

export const unknownPage = (): Markup =>
  page("No such payment page", html`<p>Nothing was charged. Go back and start another payment.</p>`);

/** Where a session that was completed sends the person. */
export const returnUrlOf = (session: Session): string =>
  session.successUrl.replaceAll("{CHECKOUT_SESSION_ID}", session.id);

const cancelUrlOf = (session: Session): string => session.cancelUrl ?? returnUrlOf(session);

const styles = html`<style>
  .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1rem; }
  .wide { width: 100%; margin-top: .75rem; padding: .7rem; font-weight: 600; }
  .digits { font-variant-numeric: tabular-nums; white-space: nowrap; }
  .cards li { display: flex; flex-wrap: wrap; gap: 0 .75rem; padding: .4rem 0; border-top: 1px solid var(--line); }
  [role=alert] { border: 1px solid currentColor; border-radius: .5rem; padding: .6rem .9rem; }
</style>`;
