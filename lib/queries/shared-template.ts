import "server-only";
import { and, eq } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { accounts } from "@/db/schema/accounts";
import { templates } from "@/db/schema/usage";
import { readEnv } from "@/lib/env";
import type { AccountKey } from "./account-key";

/** The address of a template's public page: it takes its creator's referral code as well, so that ids alone open none. */
export const sharedPath = (code: string, externalId: string): string =>
  `/t/${code}/${externalId.split("/").map(encodeURIComponent).join("/")}`;

/** A creator's referral link that leads to the public page of one of its templates. */
export async function shareUrlOf({ lane, id }: AccountKey, externalId: string): Promise<string> {
  const [own] = await db()
    .select({ code: accounts.referralCode })
    .from(accounts)
    .where(and(eq(accounts.lane, lane), eq(accounts.id, id)));
  if (!own) throw new Error(`There is no account ${id}`);
  const link = new URL(`/r/${own.code}`, readEnv(["NEXTAUTH_URL"]).NEXTAUTH_URL);
  link.searchParams.set("next", sharedPath(own.code, externalId));
  return link.href;
}

const CONTROL = /\p{Cc}/u;

/** What anyone who has the link may read of a template; null where the code is not its creator's. */
export async function sharedTemplate(
  code: string,
  externalId: string,
): Promise<{ name: string; externalId: string } | null> {
  await connection();
  if (CONTROL.test(externalId) || CONTROL.test(code)) return null;
  const [found] = await db()
    .select({ name: templates.name, externalId: templates.externalId })
    .from(templates)
    .innerJoin(accounts, and(eq(accounts.lane, templates.creatorLane), eq(accounts.id, templates.creatorId)))
    .where(and(eq(templates.externalId, externalId), eq(accounts.referralCode, code.toLowerCase())));
  return found ?? null;
}
