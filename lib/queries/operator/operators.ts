import "server-only";
import { connection } from "next/server";
import { db } from "@/db/client";
import { listOperators } from "@/lib/services/operators/list-operators";

export interface OperatorView {
  email: string;
  /** An operator, or `command`. */
  addedBy: string;
  /** ISO 8601 */
  addedAt: string;
  /** `google`, `github` or `email`; null for somebody who never signed in. */
  signsInWith: string | null;
}

/** Who may act for the platform. */
export async function operatorList(): Promise<OperatorView[]> {
  await connection();
  const rows = await listOperators(db());
  return rows.map((row) => ({ ...row, addedAt: row.addedAt.toISOString() }));
}
