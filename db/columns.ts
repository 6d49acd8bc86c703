import { sql } from "drizzle-orm";
import { bigint, numeric, smallint, timestamp, uuid } from "drizzle-orm/pg-core";
import type { Nanos } from "@/lib/money/nanos";

/** A signed amount in nano-dollars (64 bits, asset scale 9). */
export const nanos = () => bigint({ mode: "bigint" }).$type<Nanos>();

/** An amount that starts at nothing. */
export const nanosFromZero = () => nanos().notNull().default(sql`0`);

/** A whole count or a number of milliseconds that may pass 2^53. */
export const wide = () => bigint({ mode: "bigint" });

/** An exact accrual in 1e-13 dollars (nano-dollars × basis points). */
export const accrual = () => numeric({ precision: 38, scale: 0, mode: "bigint" });

/** `hash(id) % 64`, fixed for life: first in every key of a hot table. */
export const lane = () => smallint().notNull();

/** An instant, to the millisecond, UTC. */
export const instant = () => timestamp({ withTimezone: true, precision: 3, mode: "date" });

export const id = () => uuid();
