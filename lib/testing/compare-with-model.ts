import { expect } from "vitest";
import { z } from "zod";
import { Account } from "@/lib/api/accounts";
import { describeAccounts } from "@/lib/services/accounts/describe-accounts";
import { resolveNames } from "@/lib/services/accounts/resolve-names";
import { describeTemplate } from "@/lib/services/templates/describe-template";
import type { ApiHarness } from "./api-harness";
import type { ModelAccount } from "./model/accounts";
import type { Books } from "./model/books";
import type { ReferenceModel } from "./model/model";
import { decimal } from "./model/rules";
import { expectedAccount, expectedBonus, expectedReferralDraws, expectedTemplate } from "./model-view";
import { PublishedDraw, recomputeCents } from "./recompute-draw";

export interface DrawRow {
  id: string;
  side: "new-account" | "referral";
  trigger: string;
  beneficiary: string;
  state: string;
  heldReason: string | null;
}

/** Every draw, in the order of the rounds they are bound to. */
export const readDraws = ({ owner }: ApiHarness): Promise<DrawRow[]> => owner<DrawRow[]>`
  select d.id, d.kind as side, a.external_id as trigger, b.external_id as beneficiary, d.state,
         d.held_reason as "heldReason"
    from draws d
    join accounts a on a.lane = d.lane and a.id = d.trigger_id
    join accounts b on b.lane = d.beneficiary_lane and b.id = d.beneficiary_id
   order by d.chain_id, d.round, d.id`;

/**
 * What chance gave to draws that are drawn, each repeated from what is published about it.
 * @throws Error when a draw is not what its published data gives
 */
export async function repeatDraw(api: ApiHarness, { id }: DrawRow): Promise<bigint> {
  const draw = PublishedDraw.parse((await api.call("GET", `/api/v1/draws/${id}`)).body);
  const amount = BigInt(recomputeCents(draw)) * 10_000_000n;
  expect(draw.amount).toBe(decimal(amount));
  return amount;
}

/** The draws that a model's accounts made due are the model's, and so are those that nobody will ever make. */
export function compareDraws({ books }: ReferenceModel, rows: readonly DrawRow[]): void {
  const stateOf = ({ state, heldReason }: DrawRow) =>
    state === "held" && heldReason === "cap" ? "beyond" : state === "bound" ? "queued" : state;
  const own = rows.filter(({ trigger }) => books.accounts.has(trigger));
  const found = own.map((row) => `${row.side} of ${row.trigger} for ${row.beneficiary} is ${stateOf(row)}`);
  const expected = books.draws.map(
    (draw) => `${draw.side} of ${draw.trigger} for ${draw.beneficiary} is ${draw.state}`,
  );
  expect(found.sort()).toEqual(expected.sort());
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
 * its templates, as the API's own queries read them. Other clients may be at work, on accounts of their own.
 */
export async function compareStep(
  { db }: ApiHarness,
  { books }: ReferenceModel,
  touched: readonly string[],
): Promise<void> {
  const named = [...books.accounts.values()].filter(({ name }) => touched.includes(name));
  const concerned = new Set(named.flatMap(({ name, referrer }) => (referrer === null ? [name] : [name, referrer])));
  const found = await describeAccounts(db, [...(await resolveNames(db, concerned)).values()]);
  for (const name of concerned) {
    const shown = found.find(({ externalId }) => externalId === name);
    compareAccount(books, books.account(name), shown);
  }
  for (const template of books.templates.keys()) {
    expect(await describeTemplate(db, template), template).toMatchObject(expectedTemplate(books, template));
  }
}

interface ShownAccount {
  bonus: { state: string; amount: string | null };
  earnings: { referralBonuses: object };
}

function compareAccount(books: Books, account: ModelAccount, found: ShownAccount | undefined): void {
  expect(found, account.name).toMatchObject(expectedAccount(books, account));
  const { states, amount } = expectedBonus(books, account);
  expect(states, account.name).toContain(found?.bonus.state);
  expect(found?.bonus.amount, account.name).toBe(amount);
  const draws = expect.objectContaining({ length: expectedReferralDraws(books, account) });
  expect(found?.earnings.referralBonuses, account.name).toMatchObject({ draws });
}

async function compareTemplate(api: ApiHarness, books: Books, template: string): Promise<void> {
  expect(await api.template(template), template).toMatchObject(expectedTemplate(books, template));
}
