import type { Sql } from "postgres";

/**
 * Usage that counts: what was taken back is left out, and so is what took it back. For a statement that reads
 * `usage_events e`.
 */
export const isStanding = (sql: Sql) => sql`
  e.voids_seq is null and not exists (select from usage_events v
    where v.lane = e.lane and v.account_id = e.account_id and v.voids_seq = e.seq)`;

export const usageDimensions = ["service", "sku", "resource", "template"] as const;
export type UsageDimension = (typeof usageDimensions)[number];

/** Usage of these names alone; an empty one stands for usage that names none. */
export type UsageFilters = Readonly<Partial<Record<UsageDimension, string>>>;

/** The condition that usage is of the names wanted, for the same statements. */
export function hasNames(sql: Sql, filters: UsageFilters) {
  let condition = sql`true`;
  for (const dimension of usageDimensions) {
    const name = filters[dimension];
    if (name !== undefined) condition = sql`${condition} and coalesce(e.${sql(dimension)}, '') = ${name}`;
  }
  return condition;
}
