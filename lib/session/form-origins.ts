import { readEnv } from "@/lib/env";

const originOf = (url: string): string => new URL(url).origin;

/** The sites our forms lead to: Google's and GitHub's sign-in, and the payment page. */
export function formOrigins(): string[] {
  const env = readEnv(["GOOGLE_ISSUER", "GITHUB_URL", "STRIPE_API_URL"]);
  return [
    originOf(env.GOOGLE_ISSUER ?? "https://accounts.google.com"),
    originOf(env.GITHUB_URL ?? "https://github.com"),
    originOf(env.STRIPE_API_URL ?? "https://checkout.stripe.com"),
  ];
}
