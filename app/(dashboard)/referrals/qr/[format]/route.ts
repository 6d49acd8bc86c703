import type { NextRequest } from "next/server";
import { qrFormats, referralQr } from "@/lib/queries/referral-qr";
import { currentAccount } from "@/lib/session/current-account";

/** The QR code of the referral link of whoever is signed in; `?download` as a file. */
export async function GET(request: NextRequest, route: { params: Promise<{ format: string }> }): Promise<Response> {
  const account = await currentAccount();
  if (!account) return new Response("Sign in to see your QR code.\n", { status: 401 });
  const { format: asked } = await route.params;
  const format = qrFormats.find((each) => each === asked);
  if (!format) return new Response("There is an svg and a png.\n", { status: 404 });
  const { type, body } = await referralQr(account, format);
  const headers: Record<string, string> = { "Content-Type": type, "Cache-Control": "private, no-store" };
  if (request.nextUrl.searchParams.has("download")) {
    headers["Content-Disposition"] = `attachment; filename="tenspot-referral.${format}"`;
  }
  return new Response(body, { headers });
}
