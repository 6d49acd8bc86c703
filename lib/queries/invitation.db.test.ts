import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { accounts } from "@/db/schema/accounts";
import { followLink } from "@/lib/services/accounts/follow-link";
import type { OpenAccount } from "@/lib/services/accounts/open-account";
import { chooseCode } from "@/lib/services/referrals/choose-code";
import { showFirstName } from "@/lib/services/referrals/show-first-name";
import { invitationOf } from "./invitation";
import { referralLink } from "./referral-link";
import { type Books, openBooks, settled } from "./testing/books";

vi.mock("server-only", () => ({}));
vi.mock("next/server", () => ({ connection: async () => {} }));

let books: Books;
beforeAll(async () => {
  books = await openBooks();
});
afterAll(() => books.close());

async function withLink(input: OpenAccount & { externalId: string }) {
  const account = await books.account(input);
  return { account, code: (await referralLink(account)).code };
}

test("a visitor is told a first name only while its owner allows it, and nothing else of them ever", async () => {
  const { account, code } = await withLink({
    externalId: "r1-secret",
    name: "Ravi Patel",
    email: "ravi@secret.example",
  });
  const open = { state: "open", code, seed: expect.stringMatching(/^[0-9a-f]{64}$/) };
  expect(await invitationOf(code)).toEqual({ ...open, firstName: null });
  await settled(showFirstName(books.ctx, { account, shown: true }));
  const told = await invitationOf(code.toUpperCase());
  expect(told).toEqual({ ...open, firstName: "Ravi" });
  for (const secret of ["Patel", "secret", account.id]) expect(JSON.stringify(told)).not.toContain(secret);
  await settled(showFirstName(books.ctx, { account, shown: false }));
  expect(await invitationOf(code)).toEqual({ ...open, firstName: null });
});

test("a name that is no name is shown to nobody, allowed or not", async () => {
  const { account, code } = await withLink({ externalId: "r2", name: "evil.example now" });
  await settled(showFirstName(books.ctx, { account, shown: true }));
  expect(await invitationOf(code)).toMatchObject({ firstName: null });
  expect(await referralLink(account)).toMatchObject({ firstName: null, firstNameShown: true });
});

test("a link that is nobody's and one whose account is closed are told apart from one that counts", async () => {
  for (const code of ["nobody-has-it", "", "x", "a'b;--", "%00", "a".repeat(65)]) {
    expect(await invitationOf(code)).toEqual({ state: "unknown" });
  }
  const { account, code } = await withLink({ externalId: "r3", name: "Ravi" });
  await books.ctx.db.update(accounts).set({ status: "closed" }).where(eq(accounts.id, account.id));
  expect(await invitationOf(code)).toEqual({ state: "closed" });
});

test("a referrer sees by how many browsers each of their codes was followed, old ones included", async () => {
  const { account, code } = await withLink({ externalId: "r4" });
  const visit = (by: string, isNewVisitor: boolean) => settled(followLink(books.ctx, { code: by, isNewVisitor }));
  await visit(code, true);
  await visit(code, false);
  await settled(chooseCode(books.ctx, { account, code: "r4-own" }));
  await visit("r4-own", true);
  await visit("r4-own", true);
  await visit(code, true);
  const link = await referralLink(account);
  expect(link.url).toBe("http://localhost:3000/r/r4-own");
  expect(link.codes).toEqual([
    { code: "r4-own", followed: 2, isCurrent: true },
    { code, followed: 2, isCurrent: false },
  ]);
  expect(link.stages.followed).toBe(4);
});
