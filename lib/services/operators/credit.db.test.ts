import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeOf } from "@/db/errors";
import { wallets } from "@/db/schema/accounts";
import { grants } from "@/db/schema/funds";
import { creditRequests } from "@/db/schema/operators";
import { verify } from "@/lib/ledger/verify/verify";
import { amountText } from "@/lib/money/format";
import { decideCredit } from "./decide-credit";
import { type GiveCredit, giveCredit } from "./give-credit";
import { nameAccount } from "./name-account";
import { type Desk, dollars, openDesk } from "./testing/desk";

const OLGA = "olga@example.com";
const OTTO = "otto@example.com";

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});

afterAll(async () => {
  const { differences } = await verify(desk.ctx.db);
  await desk.close();
  expect(differences).toEqual([]);
});

/** A new customer and a credit for them, as a form sends it. */
async function credit(amount: string, changed: Partial<GiveCredit> = {}): Promise<GiveCredit> {
  const account = await desk.customer(`cust-${crypto.randomUUID()}`);
  return {
    account,
    reference: `operator:${crypto.randomUUID()}`,
    bucket: "promo",
    amount: dollars(amount),
    reason: "For the outage",
    // What one gives alone counts over a day, so each credit is another operator's.
    actor: `olga-${crypto.randomUUID()}@example.com`,
    ...changed,
  };
}

async function creditOf({ account }: GiveCredit): Promise<{ promo: string; earned: string; grants: number }> {
  const [wallet] = await desk.ctx.db.select().from(wallets).where(eq(wallets.accountId, account.id));
  const given = await desk.ctx.db.select().from(grants).where(eq(grants.accountId, account.id));
  if (!wallet) throw new Error("no wallet");
  return { promo: amountText(wallet.promo), earned: amountText(wallet.earned), grants: given.length };
}

const decide = ({ reference }: GiveCredit, actor: string, approve = true) =>
  decideCredit(desk.ctx, { reference, approve, actor, reason: "Checked with support" });

describe("credit by hand", () => {
  test("up to $500 is given at once, to the bucket that was chosen", async () => {
    const small = await credit("500", { bucket: "earned", actor: OLGA });
    expect(await giveCredit(desk.ctx, small)).toMatchObject({ ok: true, created: true, value: { state: "granted" } });
    expect(await creditOf(small)).toEqual({ promo: "0", earned: "500", grants: 1 });
    expect(await desk.lines(small.account.externalId)).toEqual([
      {
        actor: OLGA,
        act: "credit.give",
        reason: "For the outage",
        outcome: "done",
        detail: { amount: "$500.00", bucket: "earned", reference: small.reference },
      },
    ]);
  });

  test("is given once however often its form is sent, also at the same moment", async () => {
    const small = await credit("5");
    const sent = await Promise.all(Array.from({ length: 8 }, () => giveCredit(desk.ctx, small)));
    expect(sent.every(({ ok }) => ok)).toBe(true);
    expect(sent.filter((result) => result.ok && result.created)).toHaveLength(1);
    expect(await creditOf(small)).toEqual({ promo: "5", earned: "0", grants: 1 });
    expect(await desk.lines(small.account.externalId)).toHaveLength(1);
  });

  test("sent again with other content is refused, gives nothing, and the refusal is kept", async () => {
    const large = await credit("900");
    await giveCredit(desk.ctx, large);
    for (const other of [
      { amount: dollars("5") },
      { bucket: "earned" as const },
      { reason: "Other" },
      { actor: OTTO },
    ]) {
      expect(await giveCredit(desk.ctx, { ...large, ...other })).toMatchObject({
        ok: false,
        problem: { code: "conflict" },
      });
    }
    expect(await creditOf(large)).toMatchObject({ promo: "0", grants: 0 });
    expect((await desk.lines(large.account.externalId)).map(({ outcome }) => outcome)).toEqual([
      "done",
      ...Array(4).fill("refused"),
    ]);
  });

  test("is refused out of bounds and to one's own account, with a line and nothing else", async () => {
    const account = await desk.customer("olga");
    for (const wrong of [
      await credit("0"),
      await credit("10000000.01"),
      await credit("5", { account, actor: "olga@example.com" }),
    ]) {
      expect(await giveCredit(desk.ctx, wrong)).toMatchObject({ ok: false, problem: { code: "invalid" } });
      expect(await creditOf(wrong)).toMatchObject({ promo: "0", grants: 0 });
      expect(await desk.lines(wrong.account.externalId)).toMatchObject([{ outcome: "refused" }]);
      const kept = await desk.ctx.db.select().from(creditRequests).where(eq(creditRequests.reference, wrong.reference));
      expect(kept).toEqual([]);
    }
  });
});

describe("credit of one operator over a day", () => {
  test("above $500 in all waits for a second operator, and the next day begins anew", async () => {
    const actor = "una@example.com";
    const clock = (at: string) => ({ ...desk.ctx, clock: () => new Date(at) });
    const give = async (amount: string, at: string) => {
      const given = await giveCredit(clock(at), await credit(amount, { actor }));
      return given.ok ? given.value.state : given.problem;
    };
    expect(await give("300", "2026-11-22T00:00:00Z")).toBe("granted");
    expect(await give("200.01", "2026-11-22T12:00:00Z")).toBe("waiting");
    expect(await give("200", "2026-11-22T23:59:59.999Z")).toBe("granted");
    expect(await give("0.01", "2026-11-22T23:59:59.999Z")).toBe("waiting");
    expect(await give("500", "2026-11-23T00:00:00Z")).toBe("granted");
  });

  test("what a second operator approved does not count", async () => {
    const actor = "vera@example.com";
    const large = await credit("900", { actor });
    await giveCredit(desk.ctx, large);
    await decide(large, OTTO);
    expect(await giveCredit(desk.ctx, await credit("500", { actor }))).toMatchObject({ value: { state: "granted" } });
  });

  test("stays within $500 when many are sent at the same moment, and each says what it became", async () => {
    const actor = "wim@example.com";
    const many = await Promise.all(Array.from({ length: 20 }, () => credit("60", { actor })));
    const states = (await Promise.all(many.map((each) => giveCredit(desk.ctx, each)))).map((given) =>
      given.ok ? given.value.state : given.problem.detail,
    );
    expect(states.filter((state) => state === "granted")).toHaveLength(8);
    expect(states.filter((state) => state === "waiting")).toHaveLength(12);
    const acts = await Promise.all(many.map(({ account }) => desk.lines(account.externalId)));
    expect(acts.flat().filter(({ act }) => act === "credit.give")).toHaveLength(8);
    expect(acts.flat().filter(({ act }) => act === "credit.request")).toHaveLength(12);
  });
});

describe("credit above $500", () => {
  test("waits, gives nothing to who asked for it, and becomes a grant by a second operator", async () => {
    const large = await credit("500.01", { actor: OLGA });
    expect(await giveCredit(desk.ctx, large)).toMatchObject({ ok: true, value: { state: "waiting" } });
    expect(await creditOf(large)).toMatchObject({ promo: "0", grants: 0 });
    expect(await decide(large, OLGA)).toMatchObject({ ok: false, problem: { code: "invalid" } });
    expect(await creditOf(large)).toMatchObject({ promo: "0", grants: 0 });
    expect(await decide(large, OTTO)).toMatchObject({ ok: true, value: { state: "granted", decidedBy: OTTO } });
    expect(await creditOf(large)).toEqual({ promo: "500.01", earned: "0", grants: 1 });
    expect(
      (await desk.lines(large.account.externalId)).map(({ actor, act, outcome }) => [actor, act, outcome]),
    ).toEqual([
      [OLGA, "credit.request", "done"],
      [OLGA, "credit.approve", "refused"],
      [OTTO, "credit.approve", "done"],
    ]);
  });

  test("is granted once, and by one line, when several approve at the same moment", async () => {
    const large = await credit("1000");
    await giveCredit(desk.ctx, large);
    const actors = [OTTO, OTTO, OTTO, "una@example.com", "vic@example.com"];
    const answers = await Promise.all(actors.map((actor) => decide(large, actor)));
    expect(answers.filter((answer) => answer.ok && answer.created)).toHaveLength(1);
    expect(await creditOf(large)).toEqual({ promo: "1000", earned: "0", grants: 1 });
    const done = (await desk.lines(large.account.externalId)).filter(({ outcome }) => outcome === "done");
    expect(done).toHaveLength(2);
  });

  test("declined gives nothing, and stays declined", async () => {
    const large = await credit("501");
    await giveCredit(desk.ctx, large);
    expect(await decide(large, OTTO, false)).toMatchObject({ ok: true, value: { state: "declined" } });
    expect(await decide(large, OTTO, false)).toMatchObject({ ok: true, created: false });
    expect(await decide(large, OTTO, true)).toMatchObject({ ok: false, problem: { code: "conflict" } });
    expect(await creditOf(large)).toMatchObject({ promo: "0", grants: 0 });
  });

  test("cannot be decided by who asked for it, not even past the service", async () => {
    const large = await credit("600", { actor: OLGA });
    await giveCredit(desk.ctx, large);
    const past = desk.ctx.db
      .update(creditRequests)
      .set({ state: "granted", decidedBy: OLGA, decidedAt: new Date(), decisionReason: "mine" })
      .where(eq(creditRequests.reference, large.reference));
    await expect(past).rejects.toSatisfy((error) => codeOf(error) === "23514");
  });

  test("that nobody asked for is no request, and the attempt is kept", async () => {
    const unknown = await credit("600");
    expect(await decide(unknown, OTTO)).toMatchObject({ ok: false, problem: { code: "not_found" } });
    expect(await desk.lines(unknown.reference)).toMatchObject([{ act: "credit.approve", outcome: "refused" }]);
  });
});

test("an account is named by its name or its e-mail, and several with one e-mail are told apart", async () => {
  const account = await desk.customer("named");
  const { externalId, id } = account;
  expect(await nameAccount(desk.ctx, ` ${externalId} `)).toMatchObject({ ok: true, value: { id, externalId } });
  expect(await nameAccount(desk.ctx, "Named@example.com")).toMatchObject({ ok: true, value: { id } });
  expect(await nameAccount(desk.ctx, "nobody@example.com")).toMatchObject({ problem: { code: "not_found" } });
});

test("the audit log can be added to and never changed", async () => {
  for (const change of ["update audit_log set reason = 'other'", "delete from audit_log", "truncate audit_log"]) {
    await expect(desk.ctx.db.$client.unsafe(change)).rejects.toThrow(/permission denied/);
  }
});
