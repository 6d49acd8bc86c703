import { readEnv } from "@/lib/env";
import type { PaymentProvider } from "./provider";
import { stripePayments } from "./stripe";

let configured: PaymentProvider | undefined;

/**
 * The provider named by the environment, made at first use.
 * @throws Error naming the variables that are missing or wrong.
 */
export function payments(): PaymentProvider {
  if (configured === undefined) {
    const env = readEnv([
      "NEXTAUTH_URL",
      "STRIPE_SECRET_KEY",
      "STRIPE_WEBHOOK_SECRETS",
      "STRIPE_ACCOUNT",
      "STRIPE_API_URL",
    ]);
    const webhookSecrets = env.STRIPE_WEBHOOK_SECRETS.filter((secret) => secret !== "");
    if (webhookSecrets.length === 0)
      throw new Error("Set STRIPE_WEBHOOK_SECRETS: without one, no payment can be credited.");
    configured = stripePayments({
      secretKey: env.STRIPE_SECRET_KEY,
      webhookSecrets,
      account: env.STRIPE_ACCOUNT,
      apiUrl: env.STRIPE_API_URL,
    });
  }
  return configured;
}
