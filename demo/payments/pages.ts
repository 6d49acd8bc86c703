import { html } from "hono/html";
import { page } from "@/demo/page";
import { spaced, testCards } from "./cards";
import { dollars } from "./dollars";
import type { Session } from "./store";

export interface CardForm {
  email: string;
  number: string;
  expiry: string;
  code: string;
}

/** What stopped the last attempt: in which field, and a sentence. */
export interface FormProblem {
  field: keyof CardForm;
  message: string;
}

type Markup = ReturnType<typeof page>;

export function payPage(session: Session, form: CardForm, problem?: FormProblem): Markup {
  const amount = dollars(session.amountCents);
  // Autofill would offer the person's real cards, so it is off everywhere.
  const field = (name: keyof CardForm, label: string, mode: "email" | "numeric") => html`
    <label>${label}
      <input name="${name}" value="${form[name]}" inputmode="${mode}" autocomplete="off" required maxlength="100"
        ${problem?.field === name ? html`aria-invalid="true" aria-describedby="problem" autofocus` : ""}>
    </label>`;
  return page(
    `Pay ${amount}`,
    html`
      ${styles}
      <p class="stand-in"><strong>Demo payment page.</strong> It stands in for Stripe, on this machine only. No money
        moves; never type a real card number.</p>
      <p class="soft">${session.productName}</p>
      ${problem ? html`<p role="alert" id="problem">${problem.message}</p>` : ""}
      <form method="post" action="/pay/${session.id}" novalidate>
        ${field("email", "E-mail", "email")}
        ${field("number", "Card number", "numeric")}
        <div class="pair">${field("expiry", "Expiry (MM/YY)", "numeric")} ${field("code", "Security code", "numeric")}</div>
        <button class="main wide">Pay ${amount}</button>
      </form>
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

export const confirmPage = (session: Session): Markup =>
  page(
    `Is it you who pays ${dollars(session.amountCents)}?`,
    html`
      ${styles}
      <p class="stand-in"><strong>Demo payment page.</strong> It stands in for your bank, on this machine only. A real
        one would ask for a code or a fingerprint now.</p>
      <form method="post" action="/pay/${session.id}/confirm" class="pair">
        <button class="main" name="answer" value="yes">Confirm payment</button>
        <button name="answer" value="no">Refuse it</button>
      </form>
      <p><a href="${cancelUrlOf(session)}">Cancel and go back</a></p>
    `,
  );

/** For a page that cannot be paid any more: paid already, or out of time. */
export const closedPage = (session: Session): Markup =>
  session.paid
    ? page(
        "Paid already",
        html`<p>${dollars(session.amountCents)} were paid here; nothing more is due.</p>
          <p><a href="${returnUrlOf(session)}">Go back</a></p>`,
      )
    : page(
        "This payment page has expired",
        html`<p>Nothing was charged. Go back and start another payment.</p>
          <p><a href="${cancelUrlOf(session)}">Go back</a></p>`,
      );

export const unknownPage = (): Markup =>
  page("No such payment page", html`<p>Nothing was charged. Go back and start another payment.</p>`);

/** Where a paid session sends the person. */
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
