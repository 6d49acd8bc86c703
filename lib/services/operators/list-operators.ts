import { eq, sql } from "drizzle-orm";
import type { Queryable } from "@/db/client";
import { signIns, users } from "@/db/schema/identity";
import { operators } from "@/db/schema/operators";

export interface ListedOperator {
  email: string;
  addedBy: string;
  addedAt: Date;
  /** How they sign in; null for somebody who never did. */
  signsInWith: string | null;
}

/** Everybody who may act for the platform, by address. */
export const listOperators = (db: Queryable): Promise<ListedOperator[]> =>
  db
    .select({
      email: operators.email,
      addedBy: operators.addedBy,
      addedAt: operators.addedAt,
      signsInWith: signIns.provider,
    })
    .from(operators)
    .leftJoin(users, eq(sql`lower(${users.email})`, operators.email))
    .leftJoin(signIns, eq(signIns.userId, users.id))
    .orderBy(operators.email);
