import journal from "@/db/migrations/meta/_journal.json";
import type { Context } from "@/lib/services/context";

/** Whether every migration this version knows has run. @throws when the database does not answer. */
export async function migrationsCurrent(ctx: Context): Promise<boolean> {
  const [last] = await ctx.db.$client<{ created_at: string }[]>`
    select created_at from drizzle.__drizzle_migrations order by created_at desc limit 1`;
  const newest = journal.entries.at(-1)?.when ?? 0;
  return Number(last?.created_at ?? 0) >= newest;
}
