import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { CardList } from "./card-list";
import { TopUpForm } from "./top-up-form";
import { TopUpInput } from "./top-up-input";
import { TopUpAsked, TopUpSuspended } from "./top-up-notices";

const action = <T>(previous: T) => Promise.resolve(previous);
const typed = { threshold: "10", mode: "amount", amount: "25", monthMax: "100", card: "" };

const form = (more: { isOn?: boolean; cards?: { id: string; name: string }[] } = {}) =>
  renderToStaticMarkup(createElement(TopUpForm, { action, typed, isOn: false, cards: [], ...more }));

describe("automatic top-up, before any script", () => {
  test("shows what stands, and offers to turn it off only where it is on", () => {
    for (const value of ["10", "25", "100"]) expect(form()).toContain(`value="${value}"`);
    expect(form()).not.toContain("Turn off");
    expect(form({ isOn: true })).toContain("Turn off");
  });

  test("asks which card only where there are several", () => {
    const one = { id: "pm_1", name: "Visa ending in 4242" };
    expect(form({ cards: [one] })).not.toContain("<select");
    expect(form({ cards: [one, { id: "pm_2", name: "Visa ending in 1111" }] })).toContain("The card saved last");
  });

  test("what needs its owner names the amount and the way", () => {
    const asked = renderToStaticMarkup(
      createElement(TopUpAsked, { topUp: { id: "t", amount: "25" }, confirm: action }),
    );
    expect(asked).toMatch(/\$25\.00.*Confirm the top-up/s);
    const suspended = renderToStaticMarkup(createElement(TopUpSuspended, { reason: "The card has expired." }));
    expect(suspended).toContain("The card has expired.");
  });
});

test("a card is known by its network, its last digits and its month, and says when that is over", () => {
  const card = { id: "pm_1", brand: "visa", last4: "4242", expiryMonth: 3, expiryYear: 2024, expired: true };
  const list = renderToStaticMarkup(
    createElement(CardList, { cards: [card], add: action, remove: action, attempt: "a" }),
  );
  expect(list).toMatch(/Visa ending in 4242.*Expired.*03\/2024/s);
});

test("amounts are read as people write them, and no card chosen is the one saved last", () => {
  const read = TopUpInput.safeParse({ threshold: "$10", mode: "target", amount: "1,250.50", monthMax: "5000" });
  expect(read.data).toEqual({
    threshold: 10_000_000_000n,
    mode: "target",
    amount: 1_250_500_000_000n,
    monthMax: 5_000_000_000_000n,
    card: null,
  });
  expect(TopUpInput.safeParse({ threshold: "ten", mode: "half", amount: "", monthMax: "-1" }).success).toBe(false);
});
