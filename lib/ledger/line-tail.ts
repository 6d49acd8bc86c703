import type { TransactionSql } from "postgres";
import type { Nanos } from "@/lib/money/nanos";
import type { Service } from "@/lib/programs/account";
import type { LineStretch } from "@/lib/programs/line";
import { putAwayThrough, UsagePutAway } from "./months/kept";
import type { TemplateBook } from "./templates";
import type { AccountRef } from "./wallet";

const pageSize = 500;

interface EventRow {
  seq: string;
  paid: string;
  service: Service;
  ended_ms: string;
  posted_ms: string;
  template: string | null;
  unclaimed: boolean;
}

/**
 * The end of an account's line, newest first: as many stretches as add up to `length`, or all of it. Events taken back
 * are no longer on the line. Walks back only as far as money is owed, or will be. The wallet must be locked.
 * @throws UsagePutAway where the line goes on in a month that was put away.
 */
export async function lineTail(
  raw: TransactionSql,
  account: AccountRef,
  length: Nanos,
  templates: TemplateBook,
): Promise<LineStretch[]> {
  const stretches: LineStretch[] = [];
  let behind = 0n;
  let before = "9223372036854775807";
  while (behind < length) {
    const rows: EventRow[] = await raw<EventRow[]>`
      select e.seq, e.paid, e.service, e.template, u.seq is not null as unclaimed,
             (extract(epoch from e.ended_at) * 1000)::bigint as ended_ms,
             (extract(epoch from e.posted_at) * 1000)::bigint as posted_ms
        from usage_events e
        left join unclaimed_usage u
          on u.template = e.template and u.lane = e.lane and u.account_id = e.account_id and u.seq = e.seq
       where e.lane = ${account.lane} and e.account_id = ${account.id} and e.seq < ${before}
         and e.voids_seq is null
         and not exists (select from usage_events v where v.lane = e.lane and v.account_id = e.account_id
                            and v.voids_seq = e.seq)
       order by e.seq desc limit ${pageSize}`;
    await templates.load(raw, [...new Set(rows.flatMap(({ template }) => template ?? []))]);
    for (const row of rows) {
      if (behind >= length) break;
      behind += BigInt(row.paid);
      stretches.push({
        seq: BigInt(row.seq),
        drawn: BigInt(row.paid) as Nanos,
        service: row.service,
        endedAtMs: Number(row.ended_ms),
        template: row.unclaimed ? null : templates.pinOfPosted(row.template, Number(row.posted_ms)),
      });
    }
    const last = rows.at(-1);
    if (!last && (await putAwayThrough(raw, account)) > 0n) throw new UsagePutAway(account);
    if (!last) break;
    before = last.seq;
  }
  return stretches;
}
