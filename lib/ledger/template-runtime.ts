import type { Sql, TransactionSql } from "postgres";
import { textArrayLiteral } from "./sql-arrays";

/**
 * The most each of a creator's templates ran since the last sweep, in milliseconds: that meets its gate, also where
 * events were taken back since. Names that nobody registered are absent.
 */
export async function runtimePeaks(
  raw: Sql | TransactionSql,
  creatorId: string,
  names: readonly string[],
): Promise<Map<string, bigint>> {
  if (names.length === 0) return new Map();
  const rows = await raw<{ template: string; peak_ms: string }[]>`
    select g.template, g.runtime_ms - least(0, coalesce(min(o.later_ms), 0)) as peak_ms
      from template_gathered g
      left join (select template, sum(runtime_ms) over (partition by template order by id desc) as later_ms
                   from accrual_outbox
                  where beneficiary_id = ${creatorId} and template = any(${textArrayLiteral(names)}::text[])
                    and day is not null) o on o.template = g.template
     where g.template = any(${textArrayLiteral(names)}::text[])
     group by g.template, g.runtime_ms`;
  return new Map(rows.map(({ template, peak_ms }) => [template, BigInt(peak_ms)]));
}
