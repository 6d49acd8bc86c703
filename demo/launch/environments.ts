import type { ProcessRole } from "@/db/roles";
import type { Ports } from "./addresses";
import type { Keys } from "./keys";

export interface Setting {
  home: string;
  /** Where people reach the product. */
  url: string;
  ports: Ports;
  keys: Keys;
  databaseUrls: Readonly<Record<ProcessRole, string>>;
}

/** What our own environment hands on: nothing that a started program would take for its own settings. */
export function bareEnvironment(source: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const kept = Object.entries(source).filter(
    ([name]) =>
      !/^(DATABASE_URL|PORT|NODE_ENV|NEXTAUTH_.*|GOOGLE_.*|GITHUB_.*|SMTP_.*|MAIL_.*|SUPPORT_EMAIL|STRIPE_.*|BEACON.*|PG[A-Z]+|npm_.*)$/.test(
        name,
      ),
  );
  return { NODE_ENV: "production", ...Object.fromEntries(kept), NEXT_TELEMETRY_DISABLED: "1" };
}

/** For the web, the worker and the scripts beside them: the product's own variables, in one role. */
export function appEnvironment(
  { home, url, ports, keys, databaseUrls }: Setting,
  role: ProcessRole,
): NodeJS.ProcessEnv {
  const identity = `http://127.0.0.1:${ports.identity}`;
  return {
    ...bareEnvironment(),
    TENSPOT_HOME: home,
    DATABASE_URL: databaseUrls[role],
    NEXTAUTH_URL: url,
    NEXTAUTH_SECRET: keys.nextauthSecret,
    GOOGLE_CLIENT_ID: "tenspot-demo",
    GOOGLE_CLIENT_SECRET: keys.googleClientSecret,
    GOOGLE_ISSUER: identity,
    GITHUB_CLIENT_ID: "tenspot-demo",
    GITHUB_CLIENT_SECRET: keys.githubClientSecret,
    GITHUB_URL: identity,
    GITHUB_API_URL: identity,
    SUPPORT_EMAIL: "help@tenspot.example",
    SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
    STRIPE_SECRET_KEY: keys.stripeSecretKey,
    STRIPE_WEBHOOK_SECRETS: keys.stripeWebhookSecret,
    STRIPE_API_URL: `http://127.0.0.1:${ports.payments}`,
    BEACON: "local",
    BEACON_SECRET: keys.beaconSecret,
  };
}

export function identityEnvironment({ url, ports, keys }: Setting): NodeJS.ProcessEnv {
  return {
    ...bareEnvironment(),
    IDENTITY_PORT: String(ports.identity),
    NEXTAUTH_URL: url,
    GOOGLE_CLIENT_ID: "tenspot-demo",
    GOOGLE_CLIENT_SECRET: keys.googleClientSecret,
    GITHUB_CLIENT_ID: "tenspot-demo",
    GITHUB_CLIENT_SECRET: keys.githubClientSecret,
  };
}

export function paymentsEnvironment({ home, url, ports, keys }: Setting): NodeJS.ProcessEnv {
  return {
    ...bareEnvironment(),
    TENSPOT_HOME: home,
    PAYMENTS_PORT: String(ports.payments),
    STRIPE_SECRET_KEY: keys.stripeSecretKey,
    STRIPE_WEBHOOK_SECRETS: keys.stripeWebhookSecret,
    WEBHOOK_URL: `${url}/api/payments/stripe/webhook`,
  };
}

export function mailEnvironment({ ports }: Setting): NodeJS.ProcessEnv {
  return { ...bareEnvironment(), SMTP_PORT: String(ports.smtp), INBOX_PORT: String(ports.inbox) };
}
