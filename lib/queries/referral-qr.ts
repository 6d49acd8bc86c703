import "server-only";
import { toBuffer, toString as toText } from "qrcode";
import type { AccountKey } from "./account-key";
import { referralUrl } from "./referral-link";

export const qrFormats = ["svg", "png"] as const;
export type QrFormat = (typeof qrFormats)[number];

/** The lightest of the levels: the code is short, and read from a screen or from paper, not from a crate. */
const options = { errorCorrectionLevel: "M", margin: 2 } as const;
const PNG_PIXELS = 1_024;

/** The referral link of an account as a QR code: lines to print at any size, or a picture of 1,024 pixels. */
export async function referralQr(account: AccountKey, format: QrFormat): Promise<{ type: string; body: BodyInit }> {
  const url = await referralUrl(account);
  if (format === "svg") return { type: "image/svg+xml", body: await toText(url, { ...options, type: "svg" }) };
  return { type: "image/png", body: new Uint8Array(await toBuffer(url, { ...options, width: PNG_PIXELS })) };
}
