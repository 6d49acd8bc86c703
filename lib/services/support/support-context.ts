import type { Sql, TransactionSql } from "postgres";
import { z } from "zod";
import type { AccountRef } from "@/lib/ledger/wallet";

/** What goes along with a question. Amounts are exact decimal dollars. */
export const SupportContext = z.object({
  account: z.string(),
  page: z.string().nullable(),
  balance: z.object({ promo: z.string(), earned: z.string(), paid: z.string(), arrears: z.string() }),
  /** The latest postings and events, by their numbers, newest first. */
  latest: z.array(z.string()),
});
export type SupportContext = z.infer<typeof SupportContext>;

const LATEST = 5;
/** A page of ours: nothing that leads elsewhere. */
const PAGE = /^\/(?!\/)[\w\-./~%?=&]{0,200}$/;

/** A page a question may name, or null. */
export const pageNamed = (page: string | null | undefined): string | null => (page && PAGE.test(page) ? page : null);

interface Row {
  account: string;
  promo: string;
  earned: string;
  paid: string;
  arrears: string;
  seq: string;
}

/** @throws Error when there is no such account. */
export async function supportContext(
  raw: Sql | TransactionSql,
  { lane, id }: AccountRef,
  page: string | null,
): Promise<SupportContext> {
  const [row] = await raw<Row[]>`
    select a.external_id as account, api_amount(w.promo) as promo, api_amount(w.earned) as earned,
           api_amount(greatest(w.paid_net, 0)) as paid, api_amount(greatest(-w.paid_net, 0)) as arrears, w.seq
      from accounts a join wallets w on w.lane = a.lane and w.account_id = a.id
     where a.lane = ${lane} and a.id = ${id}`;
  if (!row) throw new Error(`Account ${id} is not there`);
  const { account, seq, ...balance } = row;
  // Numbered without gaps: the latest are the highest.
  const latest = Array.from({ length: LATEST }, (_, back) => BigInt(seq) - BigInt(back)).filter((each) => each > 0n);
  return { account, page: pageNamed(page), balance, latest: latest.map(String) };
}
