import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type ConnectOptions, connect, type Db } from "@/db/client";
import { endWithNotices } from "@/lib/live/notify";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { charge } from "@/lib/testing/usage-events";
import { type AdmissionLimits, defaultAdmission } from "./admission";
import { createApi } from "./app";

let api: ApiHarness;
const pools: Db[] = [];

beforeAll(async () => {
  api = await apiHarness();
});
afterAll(async () => {
  await Promise.all(pools.map(endWithNotices));
  await api.close();
});

interface Answered {
  status: number;
  retryAfter: string | null;
  type: string | null;
  body: { accepted?: number; detail?: string };
}

/** One process with a pool and limits of its own. */
function processWith(options: Omit<ConnectOptions, "url">, admission: Partial<AdmissionLimits> = {}) {
  const db = connect({ url: api.url("web"), ...options });
  pools.push(db);
  const ctx = { db, clock: () => api.clock.now };
  const app = createApi({
    ctx,
    beaconSecret: new Uint8Array(32),
    admission: { ...defaultAdmission, ...admission },
  });
  const post = async (path: string, key: string, body: unknown): Promise<Answered> => {
    const text = JSON.stringify(body);
    const headers = {
      Authorization: `Bearer ${key}`,
      "Content-Type": "application/json",
      "Content-Length": String(Buffer.byteLength(text)),
    };
    const answer = await app.request(path, { method: "POST", headers, body: text });
    return {
      status: answer.status,
      retryAfter: answer.headers.get("Retry-After"),
      type: answer.headers.get("Content-Type"),
      body: (await answer.json()) as Answered["body"],
    };
  };
  return {
    db,
    post: (path: string, body: unknown) => post(path, api.keys.admin, body),
    send: (events: readonly unknown[]) => post("/api/v1/events", api.keys.ingest, events),
  };
}

async function accountWith(amount: string): Promise<string> {
  const externalId = randomUUID();
  await api.make("/api/v1/accounts", { externalId, opening: { paid: amount } });
  return externalId;
}

const chargesOf = async (externalId: string): Promise<number> => {
  const [row] = await api.owner<{ count: number }[]>`
    select count(*)::int as count from usage_events e join account_names n using (lane, account_id)
     where n.name = ${externalId}`;
  return row?.count ?? 0;
};

/** A promise, and how to fulfil it. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** Holds an account's wallet from a session of its own. @returns how to let go. */
async function holdWallet(externalId: string): Promise<() => Promise<void>> {
  const session = connect({ url: api.url("owner"), connectionsMax: 1 });
  const [held, end] = [gate(), gate()];
  const holding = session.$client.begin(async (sql) => {
    await sql`select 1 from wallets w join account_names n using (lane, account_id)
               where n.name = ${externalId} for update of w`;
    held.open();
    await end.opened;
  });
  await held.opened;
  return async () => {
    end.open();
    await holding;
    await session.$client.end();
  };
}

/** Until some session of this database waits for a lock. */
const someoneWaits = () =>
  vi.waitFor(async () => {
    const waiting = await api.owner`
      select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    expect(waiting.length).toBeGreaterThan(0);
  });

const busy = { status: 503, retryAfter: "1", type: "application/problem+json" };
const crowded = { status: 429, retryAfter: "1", type: "application/problem+json" };

describe("what the database cannot do now", () => {
  const slow: [string, ConnectOptions["timeouts"]][] = [
    ["a lock that is not let go", { statementMs: 0, lockMs: 50 }],
    ["a statement that takes too long", { statementMs: 100, lockMs: 0 }],
  ];
  test.each(slow)("is answered 503 with Retry-After after some tries, and posts nothing: %s", async (_, timeouts) => {
    const { send, post } = processWith({ ...(timeouts ? { timeouts } : {}) });
    const account = await accountWith("100");
    const events = [charge(account, "1"), charge(account, "2")];
    const deposit = { reference: randomUUID(), amount: "5", method: "invoice" };
    const letGo = await holdWallet(account);
    expect(await send(events)).toMatchObject(busy);
    expect(await post(`/api/v1/accounts/${account}/deposits`, deposit)).toMatchObject(busy);
    await letGo();
    expect(await chargesOf(account)).toBe(0);
    expect(await send(events)).toMatchObject({ status: 200, body: { accepted: 2 } });
    expect(await post(`/api/v1/accounts/${account}/deposits`, deposit)).toMatchObject({ status: 201 });
    expect((await api.account(account)).wallet.paid).toBe("102");
  });

  test("a lock that is let go meanwhile costs the client nothing", async () => {
    const { send } = processWith({ timeouts: { statementMs: 0, lockMs: 2_000 } });
    const account = await accountWith("100");
    const letGo = await holdWallet(account);
    const sent = send([charge(account, "1")]);
    await someoneWaits();
    await letGo();
    expect(await sent).toMatchObject({ status: 200, body: { accepted: 1 } });
  });

  test("a deadlock that the batch loses is tried again, and its events are posted once", async () => {
    const { send } = processWith({});
    const lost = async () => {
      const accounts = [await accountWith("100"), await accountWith("100")];
      // Both in one queue, so that one transaction takes them, and in the order it locks them.
      const rows = await api.owner<{ name: string; lane: number; account_id: string }[]>`
        select name, lane, account_id from account_names where name in ${api.owner(accounts)} order by lane, account_id`;
      const [first, second] = rows;
      if (!first || !second || (first.lane - second.lane) % 4 !== 0) return null;
      const other = connect({ url: api.url("owner"), connectionsMax: 1 });
      const lock = ({ lane, account_id }: typeof first) =>
        `select 1 from wallets where lane = ${lane} and account_id = '${account_id}' for update`;
      const events = accounts.map((account) => charge(account, "1"));
      const result = await other.$client
        .begin(async (sql) => {
          await sql`set local deadlock_timeout = '10s'`;
          await sql.unsafe(lock(second));
          const sent = send(events);
          await someoneWaits();
          // Whoever waited first finds the circle, and gives up.
          await sql.unsafe(lock(first));
          return { sent };
        })
        .catch(() => null);
      await other.$client.end();
      const answer = result && (await result.sent);
      return answer && { answer, posted: await Promise.all(accounts.map(chargesOf)) };
    };
    let outcome: Awaited<ReturnType<typeof lost>> = null;
    for (let tries = 0; tries < 100 && !outcome; tries += 1) outcome = await lost();
    expect(outcome).toMatchObject({ answer: { status: 200, body: { accepted: 2 } }, posted: [1, 1] });
    // Sessions tell what they met some time later.
    await vi.waitFor(async () => {
      const [row] = await api.owner<{ deadlocks: string }[]>`
        select deadlocks from pg_stat_database where datname = current_database()`;
      expect(Number(row?.deadlocks)).toBeGreaterThan(0);
    });
  });

  test("a pool without a free connection is answered 503, and what was sent is done once when one is free", async () => {
    const { send, db } = processWith({ connectionsMax: 1 }, { patienceMs: 2_000 });
    const account = await accountWith("100");
    expect((await send([charge(account, "1")])).status).toBe(200);
    const events = [charge(account, "2")];
    const [taken, end] = [gate(), gate()];
    const holding = db.$client.begin(async () => {
      taken.open();
      await end.opened;
    });
    await taken.opened;
    expect(await send(events)).toMatchObject(busy);
    end.open();
    await holding;
    await vi.waitFor(async () => expect((await send(events)).status).toBe(200));
    expect(await chargesOf(account)).toBe(2);
  });
});

describe("more than a process takes on", () => {
  test("is answered 429 with Retry-After at once, and what was taken on is posted when it can be", async () => {
    const account = await accountWith("1000");
    const batch = () => [charge(account, "1"), charge(account, "1")];
    const bytes = Buffer.byteLength(JSON.stringify(batch()));
    const { send } = processWith({}, { bytesMax: bytes });
    const letGo = await holdWallet(account);
    // Who waits for the wallet holds its room, so all that comes now finds none.
    const taken = send(batch());
    await someoneWaits();
    for (let more = 0; more < 50; more += 1) expect(await send(batch())).toMatchObject(crowded);
    await letGo();
    expect(await taken).toMatchObject({ status: 200, body: { accepted: 2 } });
    expect(await chargesOf(account)).toBe(2);
    expect(await send(batch())).toMatchObject({ status: 200, body: { accepted: 2 } });
  });

  test("is counted by requests as well, whatever they ask", async () => {
    const account = await accountWith("1000");
    const { send, post } = processWith({}, { requestsMax: 2 });
    const letGo = await holdWallet(account);
    const taken = [send([charge(account, "1")]), send([charge(account, "1")])];
    await someoneWaits();
    expect(await post("/api/v1/accounts", { externalId: randomUUID() })).toMatchObject(crowded);
    await letGo();
    await Promise.all(taken);
    expect((await post("/api/v1/accounts", { externalId: randomUUID() })).status).toBe(201);
  });

  test("a body larger than there is room for is taken when nothing else waits", async () => {
    const account = await accountWith("1000");
    const { send } = processWith({}, { bytesMax: 10 });
    expect((await send([charge(account, "1")])).status).toBe(200);
  });

  test("who has no good key takes no room", async () => {
    const account = await accountWith("1000");
    const { send, db } = processWith({}, { bytesMax: 10 });
    const app = createApi({
      ctx: { db, clock: () => api.clock.now },
      beaconSecret: new Uint8Array(32),
      admission: { ...defaultAdmission, bytesMax: 10 },
    });
    const headers = { "Content-Type": "application/json", "Content-Length": "5000" };
    const strangers = Array.from({ length: 20 }, () =>
      app.request("/api/v1/events", { method: "POST", headers, body: "x".repeat(5_000) }),
    );
    for (const answer of await Promise.all(strangers)) expect(answer.status).toBe(401);
    expect((await send([charge(account, "1")])).status).toBe(200);
  });
});
