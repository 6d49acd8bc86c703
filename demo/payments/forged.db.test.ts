import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { POST } from "@/app/api/payments/stripe/webhook/route";
import type { NamedAccount } from "@/lib/services/operators/name-account";
import { Dice } from "@/lib/testing/dice";
import { openPayRoom, type PayRoom, secret, type Told } from "./testing/pay-room";
import { signatureOf } from "./webhooks";

const FORGERIES = 1_200;
/** Oldest signature that is taken. */
const AGE_MAX_S = 300;
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

let room: PayRoom;
let owner: Sql;
let account: NamedAccount;
/** Genuine events of money that came and went, none of them delivered. */
let events: Told[];

beforeAll(async () => {
  room = await openPayRoom();
  owner = postgres(room.database.url("owner"), { max: 1, onnotice: () => {} });
  account = await room.customer();
  await room.service.webhooks.deliver("late");
  const payment = await room.pay(account, "25");
  await room.press(`refunds/${await room.press(`${payment}/refund`, { amount: "5" })}/fail`);
  await room.press(`disputes/${await room.press(`${payment}/dispute`)}/win`);
  events = await room.told();
});

afterAll(async () => {
  await owner.end();
  expect(await room.close()).toEqual([]);
});

interface Forgery {
  body: Buffer;
  signature: string | null;
}

const nowS = () => Math.floor(Date.now() / 1_000);
const bodyOf = (event: object) => Buffer.from(JSON.stringify(event));
const proofsOf = (header: string) => header.split(",").filter((part) => part.startsWith("v1="));
const flipped = (bytes: Buffer, dice: Dice): Buffer => {
  const changed = Buffer.from(bytes);
  const place = dice.below(changed.length);
  changed.writeUInt8(changed.readUInt8(place) ^ (1 << dice.below(8)), place);
  return changed;
};

/** What somebody without a secret can send, and what another mode or account of the provider may. */
const forgers: Record<string, (event: Told, dice: Dice) => Forgery> = {
  "a bit of the body flipped": (event, dice) => {
    const body = bodyOf(event);
    return { body: flipped(body, dice), signature: signatureOf(body.toString(), [secret], nowS()) };
  },
  "a digit of the signature changed": (event, dice) => {
    const body = bodyOf(event);
    const header = signatureOf(body.toString(), [secret], nowS());
    const place = header.indexOf("v1=") + 3 + dice.below(64);
    const digit = header[place] === "0" ? "1" : "0";
    return { body, signature: header.slice(0, place) + digit + header.slice(place + 1) };
  },
  "another secret": (event, dice) => {
    const body = bodyOf(event);
    const guessed = dice.pick([
      "",
      " ",
      "whsec_",
      `${secret} `,
      secret.slice(0, -1),
      secret.toUpperCase(),
      "whsec_other",
    ]);
    return { body, signature: signatureOf(body.toString(), [guessed], nowS()) };
  },
  "its time changed": (event, dice) => {
    const body = bodyOf(event);
    const [proof] = proofsOf(signatureOf(body.toString(), [secret], nowS() - AGE_MAX_S - 60 - dice.below(86_400)));
    return { body, signature: `t=${nowS() - dice.below(200)},${proof}` };
  },
  "too old a signature": (event, dice) => {
    const body = bodyOf(event);
    return { body, signature: signatureOf(body.toString(), [secret], nowS() - AGE_MAX_S - 2 - dice.below(1_000_000)) };
  },
  "several signatures, none of them ours": (event, dice) => {
    const body = bodyOf(event);
    const guesses = Array.from({ length: 2 + dice.below(30) }, () => `whsec_${dice.below(1_000_000)}`);
    return { body, signature: signatureOf(body.toString(), guesses, nowS()) };
  },
  "our signature under another scheme": (event, dice) => {
    const body = bodyOf(event);
    const header = signatureOf(body.toString(), [secret], nowS());
    return { body, signature: header.replace("v1=", dice.pick(["v0=", "v2=", "V1=", "v1 =", "v1:", "="])) };
  },
  "nothing where something must be": (event, dice) => {
    const body = bodyOf(event);
    const header = signatureOf(body.toString(), [secret], nowS());
    return dice.pick<Forgery>([
      { body: Buffer.alloc(0), signature: header },
      { body: Buffer.alloc(0), signature: signatureOf("", [secret], nowS()) },
      { body, signature: null },
      { body, signature: "" },
      { body, signature: `t=${nowS()}` },
      { body, signature: `t=${nowS()},v1=` },
      { body, signature: header.slice(header.indexOf("v1=")) },
    ]);
  },
  "another event under a signature that was seen": (event, dice) => {
    const other = dice.pick(events.filter(({ id }) => id !== event.id));
    return { body: bodyOf(event), signature: signatureOf(JSON.stringify(other), [secret], nowS()) };
  },
  "the same content in other bytes": (event, dice) => {
    const text = JSON.stringify(event);
    const other = dice.pick([
      `${text} `,
      ` ${text}`,
      `\uFEFF${text}`,
      JSON.stringify(event, null, 1),
      text.slice(0, -1),
    ]);
    return { body: Buffer.from(other), signature: signatureOf(text, [secret], nowS()) };
  },
  "the other mode, rightly signed": (event) => {
    const body = bodyOf({ ...event, livemode: true });
    return { body, signature: signatureOf(body.toString(), [secret], nowS()) };
  },
  "another account, rightly signed": (event, dice) => {
    const body = bodyOf({ ...event, account: `acct_${dice.below(1_000_000)}` });
    return { body, signature: signatureOf(body.toString(), [secret], nowS()) };
  },
};

const send = ({ body, signature }: Forgery) =>
  POST(
    new Request("http://localhost:3000/api/payments/stripe/webhook", {
      method: "POST",
      body: new Uint8Array(body),
      headers: signature === null ? {} : { "stripe-signature": signature },
    }),
  );

async function rowCounts() {
  const tables = await owner<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`;
  const counts = await Promise.all(
    tables.map(async ({ name }) => [name, (await owner`select count(*) from ${owner(name)}`)[0]?.count] as const),
  );
  return Object.fromEntries(counts);
}

test(`${FORGERIES} forged deliveries are refused and give nothing, and the genuine ones still do`, async () => {
  const dice = new Dice(seed);
  const before = await rowCounts();
  const names = Object.keys(forgers);
  for (let number = 0; number < FORGERIES; number += 1) {
    const how = names[number % names.length] ?? "";
    const forgery = forgers[how]?.(dice.pick(events), dice);
    if (!forgery) throw new Error("no forger");
    const answer = await send(forgery);
    expect({ seed, how, status: answer.status }).toEqual({ seed, how, status: 400 });
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
  }
  expect(await rowCounts()).toEqual(before);
  expect(await room.books(account)).toMatchObject({ paid: "0", posted: [] });

  for (const event of events) {
    const body = bodyOf(event);
    const signature = signatureOf(body.toString(), ["whsec_other", secret], nowS() - AGE_MAX_S + 60);
    expect((await send({ body, signature })).status).toBe(200);
  }
  expect(await room.books(account)).toMatchObject({ paid: "25" });
});
