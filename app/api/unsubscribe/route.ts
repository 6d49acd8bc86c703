import { type NextRequest, NextResponse } from "next/server";
import { readEnv } from "@/lib/env";
import { unsubscribe } from "@/lib/services/notifications/choices";
import { readUnsubscribeQuery, UNSUBSCRIBE_PAGE } from "@/lib/services/notifications/unsubscribe-link";
import { context } from "@/lib/session/context";
import { publicOrigin } from "@/lib/session/public-origin";

/** The one click of mail programs (RFC 8058), which send no cookie and follow nothing; and the page's own form. */
export async function POST({ nextUrl }: NextRequest): Promise<Response> {
  const query = Object.fromEntries(nextUrl.searchParams);
  const wanted = readUnsubscribeQuery(query, readEnv(["NEXTAUTH_SECRET"]).NEXTAUTH_SECRET);
  if (!wanted) return new Response("This link is not complete, so nothing was changed.\n", { status: 404 });
  await unsubscribe(context(), wanted);
  if (query.from !== "page") return new Response("Done: no more mail of this kind is sent.\n");
  return NextResponse.redirect(new URL(`${UNSUBSCRIBE_PAGE}?done=${wanted.topic}`, publicOrigin()), 303);
}

/** Programs that look at mails open every address they find: opening it asks, and changes nothing. */
export function GET({ nextUrl }: NextRequest): Response {
  return NextResponse.redirect(new URL(`${UNSUBSCRIBE_PAGE}${nextUrl.search}`, publicOrigin()), 307);
}
