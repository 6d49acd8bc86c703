import { afterAll, beforeAll, expect, test } from "vitest";
import { rawOf } from "@/db/client";
import { resolveNames } from "@/lib/services/accounts/resolve-names";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { reviewSteps } from "@/lib/testing/review-steps";
import { holdPair, releasePair } from "./hold-pair";
import { termsBook } from "./terms-book";
import { type AccountRef, type LockedWallet, lockWallets } from "./wallet";

let api: ApiHarness;
let account: AccountRef;

beforeAll(async () => {
  api = await apiHarness();
  const steps = reviewSteps(api);
  await steps.open("referrer");
  await steps.openReferred("referred", "referrer");
  const found = (await resolveNames(api.db, ["referred"])).get("referred");
  if (!found) throw new Error("The referred account was not made");
  account = found;
});
afterAll(() => api.close());

const locked = <T>(change: (wallet: LockedWallet, raw: ReturnType<typeof rawOf>) => Promise<T>): Promise<T> =>
  api.db.transaction(async (tx) => {
    const raw = rawOf(tx);
    const wallet = (await lockWallets(raw, termsBook(api.db), [account])).get(account.id);
    if (!wallet) throw new Error("The account has no wallet");
    return change(wallet, raw);
  });

/** Until somebody waits for a row's lock, which is seen and not guessed. */
async function somebodyWaits(): Promise<void> {
  const until = Date.now() + 10_000;
  while (Date.now() < until) {
    const [row] = await api.owner`
      select count(*)::int as waiting from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`;
    if (row?.waiting > 0) return;
  }
  throw new Error("Nobody waits");
}

test.each([
  ["holds", holdPair, "held"],
  ["releases", releasePair, null],
] as const)("who waits while another %s the pair reads it as it is when the lock is got", async (_, change, hold) => {
  let waiter: Promise<string | null | undefined> | null = null;
  await locked(async (wallet, raw) => {
    waiter = locked(async ({ referral }) => referral?.hold);
    await somebodyWaits();
    await change(raw, wallet);
  });
  expect(await waiter).toBe(hold);
});
