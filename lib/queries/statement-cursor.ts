import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { EntriesCursor } from "@/lib/ledger/read";

/** Where the next page of a statement begins: at a posting, whose balances are those it left behind. */
export type StatementPlace = Pick<EntriesCursor, "seq" | "balances">;

const whole = z.string().regex(/^-?[0-9]{1,19}$/);
const Content = z.object({ seq: whole, balances: z.record(z.string(), whole) });

interface Sealing {
  accountId: string;
  secret: string;
}

/** The place as text for an address. Sealed, because the balances in it are shown: nobody may make some up. */
export function sealPlace({ seq, balances }: StatementPlace, sealing: Sealing): string {
  const kept = [...balances].filter(([, amount]) => amount !== 0n).map(([code, amount]) => [code, String(amount)]);
  const content = JSON.stringify({ seq: String(seq), balances: Object.fromEntries(kept) });
  const text = Buffer.from(content).toString("base64url");
  return `${text}.${seal(text, sealing)}`;
}

/** Null for what this server did not seal for this account. */
export function openPlace(sealed: string, sealing: Sealing): EntriesCursor | null {
  const [text = "", given = ""] = sealed.split(".");
  const expected = Buffer.from(seal(text, sealing));
  const found = Buffer.from(given);
  if (found.length !== expected.length || !timingSafeEqual(found, expected)) return null;
  const { seq, balances } = Content.parse(JSON.parse(Buffer.from(text, "base64url").toString()));
  const amounts = Object.entries(balances).map(([code, amount]) => [code, BigInt(amount)]);
  // Every entry of the posting is still to come, so its place within it is above them all.
  return { seq: BigInt(seq), no: Number.POSITIVE_INFINITY, balances: new Map(amounts as never) };
}

const seal = (text: string, { accountId, secret }: Sealing): string =>
  createHmac("sha256", secret).update(`statement-place/v1|${accountId}|${text}`).digest("base64url");
