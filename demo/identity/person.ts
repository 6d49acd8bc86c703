import { createHash } from "node:crypto";
import { z } from "zod";

/** Who signs in, as typed or chosen on the page. */
export const Person = z.object({
  name: z.string().trim().min(1).max(100),
  email: z.email().max(254),
  emailVerified: z.boolean(),
});
export type Person = z.infer<typeof Person>;

/** A provider knows a person by a number that never changes: here made from the address, so it survives restarts. */
export function numberOf(provider: "google" | "github", { email }: Person): string {
  const digest = createHash("sha256").update(`${provider}:${email.toLowerCase()}`).digest();
  return String(digest.readUIntBE(0, 6) + 1);
}
