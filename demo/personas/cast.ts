import type { NewAccount, NewDeposit } from "@/demo/machine-api/requests";
import { NANOS_PER_DOLLAR, type Nanos, nanos } from "@/lib/money/nanos";
import { accountOf, people } from "./people";
import type { Sku } from "./rate-card";

/** An account of the demo. Days are counted back from when the demo was first set up. */
export interface Member extends Pick<NewAccount, "newAccount" | "opening" | "region"> {
  externalId: string;
  name: string;
  email?: string;
  signedUp: number;
  referredBy?: string;
  deposits: ({ day: number } & Pick<NewDeposit, "amount" | "method" | "instrument">)[];
  work: Work[];
}

/** Something that ran again and again, for about as many hours each time. */
export interface Work {
  sku: Sku;
  /** First and last day, both counted back. */
  from: number;
  to: number;
  /** Days from one run to the next. */
  every: number;
  hours: number;
  quantity?: string;
  template?: string;
}

const referrer = accountOf("referrer");
const creator = accountOf("creator");
/** Tara's template that others start pods from. */
export const popularTemplate = "demo-sdxl";
const youngTemplate = "demo-whisper";

/** What Tara published, and how many days ago. */
export const templates = [
  { externalId: popularTemplate, creator, name: "Stable Diffusion XL", published: 88 },
  { externalId: youngTemplate, creator, name: "Whisper large v3", published: 61 },
  { externalId: "demo-comfyui", creator, name: "ComfyUI", published: 2 },
];

/** Rafael's card, and that of somebody who followed his link: held for review. */
const sharedCard = "demo-card-0042";

/** Plain customers whose GPUs never rest, so that Rafael and Tara earn while one looks on. */
export const busyCustomers = [customer(4), customer(6)];

function customer(number: number): string {
  return `demo-customer-${number}`;
}

/** The account of somebody who can sign in. */
function persona(key: string): Pick<Member, "externalId" | "name" | "email"> {
  const person = people.find((one) => one.key === key);
  if (!person) throw new Error(`No persona has the key ${key}.`);
  return { externalId: accountOf(key), name: person.name, email: person.email };
}

const plain = (number: number) => ({ externalId: customer(number), name: `Demo customer ${number}` });

/** Everybody with a past, a referrer before those referred. */
export const cast: readonly Member[] = [
  {
    ...persona("referrer"),
    signedUp: 240,
    deposits: [
      { day: 238, amount: "50", method: "card" },
      { day: 100, amount: "50", method: "card" },
      { day: 20, amount: "25", method: "card", instrument: sharedCard },
    ],
    work: [
      { sku: "demo-rtx4090", from: 60, to: 2, every: 10, hours: 2.4, template: youngTemplate },
      { sku: "demo-h100-flex", from: 40, to: 1, every: 2, hours: 0.2 },
      { sku: "demo-volume", from: 30, to: 1, every: 1, hours: 24, quantity: "200" },
    ],
  },
  {
    ...persona("referred"),
    signedUp: 40,
    referredBy: referrer,
    deposits: [
      { day: 39, amount: "25", method: "card" },
      { day: 15, amount: "25", method: "card" },
    ],
    work: [{ sku: "demo-h100", from: 36, to: 1, every: 3, hours: 1.2, template: popularTemplate }],
  },
  { ...plain(1), signedUp: 3, referredBy: referrer, deposits: [], work: [] },
  {
    ...plain(2),
    signedUp: 6,
    referredBy: referrer,
    deposits: [{ day: 5, amount: "25", method: "card" }],
    work: [],
  },
  {
    ...plain(3),
    signedUp: 14,
    referredBy: referrer,
    deposits: [{ day: 13, amount: "10", method: "card" }],
    work: [{ sku: "demo-rtx4090", from: 12, to: 1, every: 1, hours: 1, template: popularTemplate }],
  },
  {
    ...plain(4),
    signedUp: 75,
    referredBy: referrer,
    deposits: [
      { day: 74, amount: "500", method: "invoice" },
      { day: 40, amount: "500", method: "invoice" },
      { day: 2, amount: "5000", method: "invoice" },
    ],
    work: [
      { sku: "demo-h100", from: 70, to: 1, every: 1, hours: 1.5, quantity: "2", template: popularTemplate },
      { sku: "demo-h100-flex", from: 50, to: 1, every: 1, hours: 0.5 },
    ],
  },
  {
    ...plain(5),
    signedUp: 230,
    referredBy: referrer,
    deposits: [{ day: 229, amount: "200", method: "card" }],
    work: [{ sku: "demo-rtx4090", from: 220, to: 8, every: 4, hours: 5 }],
  },
  {
    ...persona("creator"),
    signedUp: 90,
    deposits: [{ day: 89, amount: "25", method: "card" }],
    work: [{ sku: "demo-rtx4090", from: 80, to: 5, every: 5, hours: 1, template: popularTemplate }],
  },
  {
    ...persona("imported"),
    signedUp: 300,
    region: "eu",
    newAccount: false,
    opening: { paid: "120", promo: "5", earned: "12.5" },
    deposits: [],
    work: [
      { sku: "demo-a100", from: 14, to: 1, every: 2, hours: 1.5 },
      { sku: "demo-volume", from: 14, to: 1, every: 1, hours: 24, quantity: "50" },
    ],
  },
  {
    // Without a bonus, which would pay first: so Tara's royalty moves at once.
    ...plain(6),
    signedUp: 50,
    newAccount: false,
    deposits: [{ day: 49, amount: "5000", method: "invoice" }],
    work: [{ sku: "demo-h100", from: 45, to: 1, every: 1, hours: 1, template: popularTemplate }],
  },
  {
    ...plain(7),
    signedUp: 30,
    deposits: [{ day: 29, amount: "50", method: "card" }],
    work: [{ sku: "demo-rtx4090", from: 28, to: 2, every: 2, hours: 6, template: popularTemplate }],
  },
  {
    ...plain(8),
    signedUp: 9,
    referredBy: referrer,
    deposits: [{ day: 8, amount: "25", method: "card", instrument: sharedCard }],
    work: [{ sku: "demo-h100", from: 7, to: 1, every: 2, hours: 1.5 }],
  },
];

/** The persona who has just arrived; her deposit is the last thing made, and so tells that everything is there. */
export const newcomer = { ...persona("new"), paidIn: "25" };

const dollars = (count: bigint): Nanos => nanos(count * NANOS_PER_DOLLAR);

/** Who keeps a card on file, one of the payment service's test numbers, and has it charged when credit runs low. */
export const keptUp = {
  externalId: accountOf("referred"),
  email: "rita@demo.example",
  card: "4242424242424242",
  threshold: dollars(5n),
  mode: "amount",
  amount: dollars(25n),
  monthMax: dollars(100n),
} as const;
