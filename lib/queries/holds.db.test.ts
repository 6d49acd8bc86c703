import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { OpenedAccount } from "@/lib/services/accounts/open-account";
import { recordDeposit } from "@/lib/services/funds/record-deposit";
import { bindDraws } from "@/lib/services/programs/bind-draws";
import { sweep } from "@/lib/services/programs/sweep";
import { decideReview } from "@/lib/services/reviews/decide-review";
import { listReviews } from "@/lib/services/reviews/list-reviews";
import { bonusOf } from "./bonus";
import { referrerDraws } from "./draws";
import { commissionEarned } from "./earnings";
import { ownReferral, referralsPage } from "./referrals";
import { type Books, dollars, openBooks, settled } from "./testing/books";

vi.mock("server-only", () => ({}));
vi.mock("next/server", () => ({ connection: async () => {} }));

let books: Books;
let referrer: OpenedAccount;
let referred: OpenedAccount;

const pay = (account: OpenedAccount, reference: string) =>
  settled(
    recordDeposit(books.ctx, { account, reference, amount: dollars("20"), method: "card", instrument: "one-card" }),
  );

/** Ends every open review one way. */
async function decideAll(release: boolean): Promise<void> {
  for (const { id } of (await listReviews(books.ctx, { state: "open" })).reviews) {
    await settled(decideReview(books.ctx, { id, release, reason: "a test", actor: "olga@example.com" }));
  }
}

beforeAll(async () => {
  books = await openBooks();
  referrer = await books.account({ externalId: "referrer" });
  const code = await books.ctx.db.$client<{ referral_code: string }[]>`
    select referral_code from accounts where id = ${referrer.id}`;
  referred = await books.account({ externalId: "referred", referralCode: code[0]?.referral_code ?? "" });
  await pay(referrer, "by-referrer");
  await pay(referred, "by-referred");
  await books.use([{ subject: "referred", amount: "10" }]);
  await bindDraws(books.ctx, new Uint8Array(32));
});
afterAll(() => books.close());

test("both sides of a held pair read that it is held, and why", async () => {
  const why = { state: "held", reason: "payment_fingerprint" };
  const [shown] = (await referralsPage(referrer, null)).referrals;
  expect(shown).toMatchObject({ hold: why, bonus: why, earnedTotal: "0.3" });
  expect((await ownReferral(referred))?.hold).toEqual(why);
  expect(await bonusOf(referred)).toMatchObject(why);
  expect((await referrerDraws(referrer, { limit: 10 })).draws).toMatchObject([
    { state: "held", heldReason: "payment_fingerprint" },
  ]);
  await sweep(books.ctx);
  expect(await commissionEarned(referrer)).toEqual({
    accrued: "0.3",
    pending: "0.3",
    released: "0",
    pendingFor: { review: "0.3", gate: "0" },
  });
});

test("both sides of a refused pair read that it earns nothing, and the bonus that there is none", async () => {
  await decideAll(false);
  const why = { state: "refused", reason: "payment_fingerprint" };
  const [shown] = (await referralsPage(referrer, null)).referrals;
  expect(shown).toMatchObject({ hold: why, earnedTotal: "0" });
  expect((await ownReferral(referred))?.hold).toEqual(why);
  expect(await bonusOf(referred)).toMatchObject({ state: "not_eligible", reason: "payment_fingerprint" });
  await sweep(books.ctx);
  expect(await commissionEarned(referrer)).toMatchObject({ accrued: "0", pendingFor: { review: "0", gate: "0" } });
});
