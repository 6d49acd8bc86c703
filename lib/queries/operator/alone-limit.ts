import "server-only";
import { connection } from "next/server";
import { db } from "@/db/client";
import { dollarsExact } from "@/lib/money/format";
import { maxNanos, nanos, ZERO } from "@/lib/money/nanos";
import { ALONE_DAY_MAX, type AloneKind, givenAlone } from "@/lib/services/operators/alone-today";

/** What an operator gave alone today (UTC), and may still give. "$500.00" each. */
export async function aloneLimit(kind: AloneKind, actor: string): Promise<Record<"max" | "given" | "left", string>> {
  await connection();
  const given = await givenAlone(db(), kind, { actor, at: new Date() });
  const left = maxNanos(ZERO, nanos(ALONE_DAY_MAX - given));
  return { max: dollarsExact(ALONE_DAY_MAX), given: dollarsExact(given), left: dollarsExact(left) };
}
