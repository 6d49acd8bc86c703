import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { autoTopUps } from "@/db/schema/top-ups";
import { resolveNames } from "@/lib/services/accounts/resolve-names";
import { openCardSetup } from "@/lib/services/funds/open-card-setup";
import type { PaymentContext } from "@/lib/services/funds/payment-context";
import { readCards } from "@/lib/services/funds/read-cards";
import type { Result } from "@/lib/services/result";
import { setAutoTopUp } from "@/lib/services/top-ups/set-auto-top-up";
import { keptUp } from "./cast";

/**
 * Has one persona save a test card on the payment service's own page and turn automatic top-up on, as anybody would:
 * once, so that who turned it off finds it off.
 * @param url of the product, where the page leads back to
 */
export async function keepUp(ctx: PaymentContext, url: string): Promise<void> {
  const { externalId, email, card: number, ...settings } = keptUp;
  const account = (await resolveNames(ctx.db, [externalId])).get(externalId);
  if (!account) throw new Error(`There is no ${externalId} whose credit could be kept up`);
  const before = await ctx.db
    .select({ state: autoTopUps.state })
    .from(autoTopUps)
    .where(and(eq(autoTopUps.lane, account.lane), eq(autoTopUps.accountId, account.id)));
  if (before.length > 0) return;
  const returnUrl = new URL("/funds", url).href;
  const page = settled(await openCardSetup(ctx, { account, attempt: randomUUID(), returnUrl }));
  const body = new URLSearchParams({ number, email, expiry: "12/40", code: "123" });
  const answer = await fetch(page.url, { method: "POST", body, redirect: "manual" });
  await answer.body?.cancel();
  if (answer.status !== 303) throw new Error(`The payment service did not save the card: ${answer.status}`);
  await readCards(ctx, account);
  settled(await setAutoTopUp(ctx, account, { ...settings, cardId: null }));
}

function settled<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.problem.detail);
}
