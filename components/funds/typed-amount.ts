import type { Nanos } from "@/lib/money/nanos";
import { parseAmount } from "@/lib/money/parse";

/** Dollars as people write them: "25", "$25", "1,250.50". A comma only between groups of three digits. */
const TYPED = /^\$?\s*([0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(\.[0-9]{1,2})?$/;

/** Reads an amount a person typed; null for what could be read in two ways, or in none. */
export function typedAmount(text: string): Nanos | null {
  const [, whole, cents = ""] = TYPED.exec(text.trim()) ?? [];
  if (whole === undefined) return null;
  const parsed = parseAmount(whole.replaceAll(",", "") + cents);
  return parsed.ok ? parsed.nanos : null;
}
