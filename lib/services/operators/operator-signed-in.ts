import { and, eq, isNotNull, sql } from "drizzle-orm";
import type { Queryable } from "@/db/client";
import { users } from "@/db/schema/identity";
import { operators } from "@/db/schema/operators";

/**
 * The operator a signed-in person is, by their verified e-mail; null for everybody else. Ask at every act: who was
 * removed is nobody from then on.
 */
export async function operatorSignedIn(db: Queryable, userId: string): Promise<{ email: string } | null> {
  const [row] = await db
    .select({ email: operators.email })
    .from(users)
    .innerJoin(operators, eq(operators.email, sql`lower(${users.email})`))
    .where(and(eq(users.id, userId), isNotNull(users.emailVerified)));
  return row ?? null;
}
