import { isLoopback, readEnv } from "@/lib/env";
import type { Seller } from "./name-seller";

/** What a demo's papers say: nothing was sold, and nobody was paid. */
const nobody: Seller = {
  name: "Tenspot demo",
  address: ["A demonstration on one machine", "No company, no sale, no money"],
  taxId: null,
};

/**
 * Who customers pay, from the environment.
 * @throws Error where customers could be real and nobody said who sells.
 */
export function ownSeller(): Seller {
  const env = readEnv(["NEXTAUTH_URL", "SELLER_NAME", "SELLER_ADDRESS", "SELLER_TAX_ID"]);
  const { NEXTAUTH_URL: url, SELLER_NAME: name, SELLER_ADDRESS: address, SELLER_TAX_ID: taxId = null } = env;
  if (name !== undefined && address !== undefined) return { name, address, taxId };
  if (isLoopback(url) && name === undefined && address === undefined) return nobody;
  throw new Error("Set SELLER_NAME and SELLER_ADDRESS, its lines separated by |: receipts name who was paid.");
}
