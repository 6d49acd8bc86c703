import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accounts, referralCodes } from "@/db/schema/accounts";
import { type Books, openBooks } from "@/lib/queries/testing/books";
import { followLink } from "@/lib/services/accounts/follow-link";
import type { OpenedAccount } from "@/lib/services/accounts/open-account";
import { CODES_MAX, chooseCode } from "./choose-code";

const DAY_MS = 86_400_000;
let books: Books;
beforeAll(async () => {
  books = await openBooks();
});
afterAll(() => books.close());

const choose = (account: OpenedAccount, code: string, at = new Date()) =>
  chooseCode({ ...books.ctx, clock: () => at }, { account, code });

const codeOf = async ({ lane, id }: OpenedAccount) => {
  const [row] = await books.ctx.db
    .select({ code: accounts.referralCode })
    .from(accounts)
    .where(and(eq(accounts.lane, lane), eq(accounts.id, id)));
  return row?.code ?? "";
};

test("a chosen code is the link's from then on, and every earlier one leads to the same account for ever", async () => {
  const ravi = await books.account({ externalId: "ravi" });
  const first = await codeOf(ravi);
  expect(await choose(ravi, "Ravi-GPUs")).toMatchObject({ ok: true, value: { code: "ravi-gpus" } });
  expect(await codeOf(ravi)).toBe("ravi-gpus");
  for (const code of [first, "RAVI-gpus"]) {
    const referred = await books.account({ externalId: `by-${code}`, referralCode: code });
    const [pair] = await books.ctx.db.$client<{ referrer_id: string }[]>`
      select referrer_id from referrals where referred_id = ${referred.id}`;
    expect(pair?.referrer_id).toBe(ravi.id);
    expect(await followLink(books.ctx, { code, isNewVisitor: true })).toMatchObject({ ok: true });
  }
  expect(await choose(ravi, first)).toMatchObject({ ok: true });
  expect(await codeOf(ravi)).toBe(first);
});

test("a code is one account's, whatever the case it is typed in, also when twenty want it at once", async () => {
  const names = Array.from({ length: 20 }, (_, index) => `rush-${index}`);
  const all = await Promise.all(names.map((externalId) => books.account({ externalId })));
  const answers = await Promise.all(all.map((each, index) => choose(each, index % 2 ? "Gold-Rush" : "gold-rush")));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  const refusals = answers.flatMap((answer) => (answer.ok ? [] : [answer.problem]));
  for (const problem of refusals) expect(problem).toMatchObject({ code: "conflict", path: "code" });
  const rows = await books.ctx.db.select().from(referralCodes).where(eq(referralCodes.code, "gold-rush"));
  expect(rows).toHaveLength(1);
});

test("three new codes a day and twelve in all, however many are asked for at once; an own one is no new one", async () => {
  const ines = await books.account({ externalId: "ines" });
  const start = new Date();
  const day = (count: number) => new Date(start.getTime() + count * DAY_MS);
  const burst = await Promise.all(Array.from({ length: 8 }, (_, index) => choose(ines, `ines-0-${index}`, day(0))));
  expect(burst.filter(({ ok }) => ok)).toHaveLength(3);
  expect(burst.find(({ ok }) => !ok)).toMatchObject({
    problem: { code: "out_of_order", detail: expect.stringMatching(/^You chose 3 codes within 24 hours.*UTC on/) },
  });
  const taken = burst.flatMap((answer) => (answer.ok ? answer.value.code : []));
  for (const code of [...taken, ...taken]) expect(await choose(ines, code, day(0))).toMatchObject({ ok: true });
  for (let count = 1; count < 4; count += 1) {
    for (let index = 0; index < 3; index += 1) {
      expect(await choose(ines, `ines-${count}-${index}`, day(count))).toMatchObject({ ok: true });
    }
  }
  const one = await choose(ines, "ines-again", day(9));
  expect(one).toMatchObject({ ok: false, problem: { code: "out_of_order" } });
  const own = await books.ctx.db.select().from(referralCodes).where(eq(referralCodes.accountId, ines.id));
  expect(own).toHaveLength(CODES_MAX + 1);
});

test("what cannot be a code, and an account that is closed, change nothing", async () => {
  const mia = await books.account({ externalId: "mia" });
  const before = await codeOf(mia);
  for (const code of ["x", "admin", "mia's", "../../r"]) {
    expect(await choose(mia, code)).toMatchObject({ ok: false, problem: { code: "invalid", path: "code" } });
  }
  await books.ctx.db.update(accounts).set({ status: "closed" }).where(eq(accounts.id, mia.id));
  expect(await choose(mia, "mia-2026")).toMatchObject({ ok: false, problem: { code: "invalid" } });
  expect(await codeOf(mia)).toBe(before);
});
