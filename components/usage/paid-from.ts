import { moneyText } from "@/components/money-text";
import type { NamedUsage } from "./usage";

const labels = { promo: "promo", earned: "earned", market: "market", paid: "paid" } as const;

/** "$2.00 promo, $1.10 paid": which buckets of credit the charges drew from. */
export function paidFromText(parts: NamedUsage["parts"]): string {
  const drawn = (["promo", "earned", "market", "paid"] as const).filter((bucket) => parts[bucket] !== "0");
  if (drawn.length === 0) return "nothing to pay";
  return drawn.map((bucket) => `${moneyText(parts[bucket]).floored} ${labels[bucket]}`).join(", ");
}
