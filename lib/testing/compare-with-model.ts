import { expect } from "vitest";
import { z } from "zod";
import { Account } from "@/lib/api/accounts";
import type { ApiHarness } from "./api-harness";
import type { ModelAccount } from "./model/accounts";
import type { Books } from "./model/books";
import type { ReferenceModel } from "./model/model";
import { decimal } from "./model/rules";
import { expectedAccount, expectedBonus, expectedReferralDraws, expectedTemplate } from "./model-view";
import { PublishedDraw, recomputeCents } from "./recompute-draw";

interface DrawnRow {
  id: string;
  side: "new-account" | "referral";
  trigger: string;
}

/**
 * The results of draws that were posted and that nobody has read yet, each repeated from what is published about it.
 * @param seen draws read before; those read now are added
 * @throws Error when a draw is not what its published data gives
 */
export async function readDraws(
  api: ApiHarness,
  seen: Set<string>,
): Promise<{ side: DrawnRow["side"]; trigger: string; amount: bigint }[]> {
  const rows = await api.owner<DrawnRow[]>`
    select d.id, d.kind as side, a.external_id as trigger
      from draws d join accounts a on a.lane = d.lane and a.id = d.trigger_id
     where d.state = 'drawn' order by d.id`;
  const fresh = rows.filter(({ id }) => !seen.has(id));
  const results = [];
  for (const { id, side, trigger } of fresh) {
    seen.add(id);
    const draw = PublishedDraw.parse((await api.call("GET", `/api/v1/draws/${id}`)).body);
    const amount = BigInt(recomputeCents(draw)) * 10_000_000n;
    expect(draw.amount).toBe(decimal(amount));
    results.push({ side, trigger, amount });
  }
  return results;
}

const Page = z.object({ data: z.array(Account), next: z.string().nullable() });
type AccountView = z.infer<typeof Account>;

/** Every account, by its name. */
export async function readAccounts(api: ApiHarness): Promise<Map<string, AccountView>> {
  const accounts = new Map<string, AccountView>();
  let cursor: string | null = "";
  while (cursor !== null) {
    const path = `/api/v1/accounts?limit=500${cursor === "" ? "" : `&cursor=${cursor}`}`;
    const page: z.infer<typeof Page> = Page.parse((await api.call("GET", path)).body);
    for (const account of page.data) accounts.set(account.externalId, account);
    cursor = page.next;
  }
  return accounts;
}

/** Every number of every account and template is the model's. */
export async function compareWithModel(
  api: ApiHarness,
  { books }: ReferenceModel,
  accounts: ReadonlyMap<string, AccountView>,
): Promise<void> {
  for (const account of books.accounts.values()) compareAccount(books, account, accounts.get(account.name));
  for (const template of books.templates.keys()) await compareTemplate(api, books, template);
}

/**
 * Of one client, between its requests: every number of the accounts that a request named, of who referred them, and of
 * its templates. Other clients may be at work, on accounts of their own.
 */
export async function compareStep(
  api: ApiHarness,
  model: ReferenceModel,
  { client, touched }: { client: string; touched: readonly string[] },
): Promise<void> {
  const { books } = model;
  const named = [...books.accounts.values()].filter(({ name }) => touched.includes(name));
  const concerned = new Set(named.flatMap(({ name, referrer }) => (referrer === null ? [name] : [name, referrer])));
  for (const name of concerned) compareAccount(books, books.account(name), await api.account(name));
  for (const template of books.templates.keys()) {
    if (template.startsWith(`${client}.`)) await compareTemplate(api, books, template);
  }
}

function compareAccount(books: Books, account: ModelAccount, found: AccountView | undefined): void {
  expect(found, account.name).toMatchObject(expectedAccount(books, account));
  const { states, amount } = expectedBonus(books, account);
  expect(states, account.name).toContain(found?.bonus.state);
  expect(found?.bonus.amount, account.name).toBe(amount);
  expect(found?.earnings.referralBonuses.draws, account.name).toHaveLength(expectedReferralDraws(books, account));
}

async function compareTemplate(api: ApiHarness, books: Books, template: string): Promise<void> {
  expect(await api.template(template), template).toMatchObject(expectedTemplate(books, template));
}
