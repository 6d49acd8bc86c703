import { z } from "zod";

const Address = z.email().max(254);

/** An operator's address as it is kept; null for what is not exactly one address. */
export function operatorEmail(text: string): string | null {
  const parsed = Address.safeParse(text.trim().toLowerCase());
  return parsed.success ? parsed.data : null;
}
