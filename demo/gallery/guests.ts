import type { Member } from "@/demo/personas/cast";

/** People who stand where none of the demo's personas stands for longer than a minute. */
export const waiting = { externalId: "demo-waiting", name: "Wanda Waiting", email: "wanda@demo.example" };
export const held = { externalId: "demo-held", name: "Hanna Held", email: "hanna@demo.example" };
export const betaReferrer = { externalId: "demo-beta-referrer", name: "Berta Beta", email: "berta@demo.example" };
/** Signs up in the browser, and so has nothing yet. */
export const arriving = { name: "Emma Empty", email: "emma@demo.example" };
/** Has paid through the payment page, so that there is something to give back. */
export const payer = { externalId: "demo-payer", name: "Petra Paid", email: "petra@demo.example" };

/** The card of two accounts, which is why one's bonus is held. */
const sharedCard = "demo-card-0077";

export const guests: readonly Member[] = [
  {
    ...waiting,
    signedUp: 12,
    deposits: [{ day: 11, amount: "25", method: "card" }],
    work: [
      { sku: "demo-rtx4090", from: 9, to: 1, every: 1, hours: 1.6 },
      { sku: "demo-h100-flex", from: 7, to: 1, every: 2, hours: 0.1 },
    ],
  },
  {
    externalId: "demo-customer-9",
    name: "Demo customer 9",
    signedUp: 60,
    deposits: [{ day: 59, amount: "10", method: "card", instrument: sharedCard }],
    work: [],
  },
  {
    ...held,
    signedUp: 15,
    deposits: [{ day: 14, amount: "25", method: "card", instrument: sharedCard }],
    work: [{ sku: "demo-h100", from: 12, to: 1, every: 2, hours: 1 }],
  },
  { ...betaReferrer, signedUp: 200, deposits: [{ day: 199, amount: "10", method: "card" }], work: [] },
];

/** Those whom Berta referred under the beta terms: enough of them, each with enough spend, to apply. */
export const betaReferred = Array.from({ length: 25 }, (_, index) => ({
  externalId: `demo-beta-${index + 1}`,
  name: `Demo beta customer ${index + 1}`,
}));
