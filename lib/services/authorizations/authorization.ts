import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Queryable } from "@/db/client";
import { authorizations } from "@/db/schema/authorizations";
import type { AccountRef } from "@/lib/ledger/wallet";
import { type Nanos, ZERO } from "@/lib/money/nanos";
import type { Result } from "@/lib/services/result";
import type { Denial } from "./denial";

export type AuthorizationRow = typeof authorizations.$inferSelect;

/** What the work costs: by the rate card, or the platform's own price of an hour of one. */
export type WorkPrice = { sku: string; hourly: null } | { sku: null; hourly: Nanos };

/** Work that may run, or might. */
export interface Authorization {
  account: AccountRef;
  reference: string;
  price: WorkPrice;
  quantityMilli: bigint;
  state: "open" | "closed" | "expired";
  /** Held in the wallet now; nothing once it has ended. */
  reserved: Nanos;
  openedAt: Date;
  expiresAt: Date | null;
  endedAt: Date | null;
}

/** The answer to whether work may run: it may, it may not and why, or the question makes no sense. */
export type Authorized = Result<Authorization> | { ok: false; denial: Denial };

export function priceOf({ reference, sku, hourly }: Pick<AuthorizationRow, "reference" | "sku" | "hourly">): WorkPrice {
  if (sku !== null) return { sku, hourly: null };
  if (hourly !== null) return { sku: null, hourly };
  throw new Error(`Authorization ${reference} has no price`);
}

/** A row as it stands at `now`: one whose time is over has ended, whether or not that was written down yet. */
export function toAuthorization(row: AuthorizationRow, now: Date): Authorization {
  const { reference, lane, accountId, quantityMilli, openedAt, expiresAt } = row;
  const isOver = row.state === "open" && expiresAt !== null && expiresAt <= now;
  const state = isOver ? "expired" : row.state;
  return {
    account: { lane, id: accountId },
    reference,
    price: priceOf(row),
    quantityMilli,
    state,
    reserved: state === "open" ? row.reserved : ZERO,
    openedAt,
    expiresAt,
    endedAt: isOver ? expiresAt : row.endedAt,
  };
}

export async function findAuthorization(db: Queryable, reference: string): Promise<AuthorizationRow | null> {
  const [row] = await db.select().from(authorizations).where(eq(authorizations.reference, reference));
  return row ?? null;
}

/** What was asked for; the parts hold no bars but sku, which stands last. */
export function requestDigest(request: {
  account: AccountRef;
  price: WorkPrice;
  quantityMilli: bigint;
  expiresAt?: Date;
}): string {
  const { account, price, quantityMilli, expiresAt } = request;
  const content = [account.id, quantityMilli, expiresAt?.getTime() ?? "", price.hourly ?? "", price.sku ?? ""];
  return createHash("sha256").update(content.join("|")).digest("hex");
}
