import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { AccountRef } from "@/lib/ledger/wallet";
import { type Topic, topics } from "./kinds";

/** What a link in a mail ends: the mails of one topic to one account. */
export interface Unsubscription {
  account: AccountRef;
  topic: Topic;
}

/** The page that asks before it is done, and where mail programs send the one click of RFC 8058. */
export const UNSUBSCRIBE_PAGE = "/unsubscribe";
export const UNSUBSCRIBE_POST = "/api/unsubscribe";

/**
 * The parameters of a link that works without a sign-in, for as long as the installation's secret is the same: mail is
 * read years later.
 */
export function unsubscribeQuery({ account, topic }: Unsubscription, secret: string): URLSearchParams {
  const named = { lane: String(account.lane), account: account.id, topic };
  return new URLSearchParams({ ...named, seal: seal(named, secret) });
}

const Named = z.object({
  lane: z.string().regex(/^[0-9]{1,2}$/),
  account: z.uuid(),
  topic: z.enum(topics),
  seal: z.string().length(43),
});

/** Null for what this installation did not seal. */
export function readUnsubscribeQuery(query: unknown, secret: string): Unsubscription | null {
  const parsed = Named.safeParse(query);
  if (!parsed.success) return null;
  const { seal: given, ...named } = parsed.data;
  if (!timingSafeEqual(Buffer.from(seal(named, secret)), Buffer.from(given.padEnd(43)).subarray(0, 43))) return null;
  return { account: { lane: Number(named.lane), id: named.account }, topic: named.topic };
}

function seal({ lane, account, topic }: { lane: string; account: string; topic: Topic }, secret: string): string {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "tenspot/unsubscribe/v1", 32));
  return createHmac("sha256", key).update(`${lane}|${account}|${topic}`).digest("base64url");
}
