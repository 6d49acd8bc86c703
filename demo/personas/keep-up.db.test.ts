import { and, eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { cards } from "@/db/schema/cards";
import { deposits } from "@/db/schema/funds";
import { autoTopUps } from "@/db/schema/top-ups";
import { type ProductRoom, productRoom } from "@/demo/payments/testing/product-room";
import type { AccountRef } from "@/lib/ledger/wallet";
import { openAccount } from "@/lib/services/accounts/open-account";
import { stopAutoTopUp } from "@/lib/services/top-ups/set-auto-top-up";
import { keptUp } from "./cast";
import { keepUp } from "./keep-up";

// Notices are sent some milliseconds later, when the test's pool may be gone.
vi.mock("@/lib/live/notify", () => ({ notifyChanged: vi.fn() }));

let room: ProductRoom;
let account: AccountRef;

beforeAll(async () => {
  room = await productRoom();
  const opened = await openAccount(room.ctx, { externalId: keptUp.externalId, email: keptUp.email });
  if (!opened.ok) throw new Error(opened.problem.detail);
  account = opened.value;
});
afterAll(() => room.close());

const keep = () => keepUp(room.ctx, "http://localhost:3000");
const onFile = () =>
  room.ctx.db
    .select()
    .from(cards)
    .where(and(eq(cards.accountId, account.id), isNull(cards.removedAt)));
const settings = () => room.ctx.db.select().from(autoTopUps).where(eq(autoTopUps.accountId, account.id));

test("the persona's card is saved on the payment page, once, and automatic top-up is on; nothing is charged", async () => {
  await keep();
  await keep();
  await room.service.webhooks.idle();
  expect(await onFile()).toMatchObject([{ last4: "4242" }]);
  expect(await settings()).toMatchObject([{ state: "on", threshold: keptUp.threshold, amount: keptUp.amount }]);
  expect(await room.ctx.db.select().from(deposits).where(eq(deposits.accountId, account.id))).toEqual([]);
});

test("turned off by whoever looks at the demo, it stays off", async () => {
  await stopAutoTopUp(room.ctx, account);
  await keep();
  expect(await settings()).toMatchObject([{ state: "off" }]);
  expect(await onFile()).toHaveLength(1);
});
