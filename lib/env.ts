import { z } from "zod";

const loopbackHosts = new Set(["localhost", "127.0.0.1", "[::1]"]);
/** Whether an address is of this machine. */
export const isLoopback = (url: string): boolean => loopbackHosts.has(new URL(url).hostname);

/** Relays of drand that anyone may ask: https://docs.drand.love/developer/http-api/ */
const publicRelays = [
  "https://api.drand.sh",
  "https://api2.drand.sh",
  "https://api3.drand.sh",
  "https://drand.cloudflare.com",
];

const isRelay = (url: string) =>
  URL.canParse(url) && (url.startsWith("https://") || (url.startsWith("http://") && isLoopback(url)));

const Relays = z
  .string()
  .transform((text) => text.split(",").map((url) => url.trim().replace(/\/+$/, "")))
  .pipe(z.array(z.string().refine(isRelay, "every relay must be an https address")));

const SellerAddress = z
  .string()
  .max(400)
  .transform((text) => text.split("|").map((line) => line.trim()))
  .pipe(z.array(z.string().min(1)).min(1).max(6));

const Environment = z.object({
  /** Postgres, as the role of this process. */
  DATABASE_URL: z.url(),
  /** Where people reach the product; next-auth reads the same variable. */
  NEXTAUTH_URL: z.url(),
  NEXTAUTH_SECRET: z.string().min(32),
  GOOGLE_CLIENT_ID: z.string().min(1),
  GOOGLE_CLIENT_SECRET: z.string().min(1),
  GITHUB_CLIENT_ID: z.string().min(1),
  GITHUB_CLIENT_SECRET: z.string().min(1),
  /** `smtp://user:password@host:port` */
  SMTP_URL: z.url(),
  MAIL_FROM: z.string().default("Tenspot <no-reply@localhost>"),
  /** Where whoever cannot sign in may write: the help page shows it to those who are not signed in. */
  SUPPORT_EMAIL: z.email().max(254).optional(),
  /** Who customers pay: named on receipts from the worker's next start on. */
  SELLER_NAME: z.string().trim().min(1).max(120).optional(),
  /** Its lines, separated by `|`. */
  SELLER_ADDRESS: SellerAddress.optional(),
  /** Printed as it is written: `VAT no. …`. */
  SELLER_TAX_ID: z.string().trim().min(1).max(80).optional(),
  STRIPE_SECRET_KEY: z.string().min(1),
  /** One or more, separated by commas, while secrets are rotated. */
  STRIPE_WEBHOOK_SECRETS: z
    .string()
    .min(1)
    .transform((text) => text.split(",").map((secret) => secret.trim())),
  /** The account of the secret key, where events name theirs; one that names another is refused either way. */
  STRIPE_ACCOUNT: z
    .string()
    .regex(/^acct_[A-Za-z0-9]+$/)
    .optional(),
  /** Which beacon decides the draws to come; those already bound stay with theirs. */
  BEACON: z.enum(["local", "drand"]).default("local"),
  /** Where rounds of drand are asked for, in this order, separated by commas. Plain http only on this machine. */
  DRAND_RELAYS: Relays.default(publicRelays),
  /** 32 bytes in hex: the chains of the local beacon are made from it. */
  BEACON_SECRET: z.string().regex(/^[0-9a-f]{64}$/),
  /** Requests a minute where they differ from the defaults: `ingest=60000,public=600`, or `off`. */
  RATE_LIMITS: z.string().max(500).default(""),
  /** Proxies in front of this process, each of which appends to X-Forwarded-For; with 0 the header is not believed. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(9).default(1),
  /** Overrides for stand-ins on this machine. Refused when NEXTAUTH_URL is not loopback. */
  GOOGLE_ISSUER: z.url().optional(),
  GITHUB_URL: z.url().optional(),
  GITHUB_API_URL: z.url().optional(),
  STRIPE_API_URL: z.url().optional(),
});

export type Env = z.infer<typeof Environment>;

/** What the web process reads while it serves. */
export const webVariables = [
  "DATABASE_URL",
  "NEXTAUTH_URL",
  "NEXTAUTH_SECRET",
  "GOOGLE_CLIENT_ID",
  "GOOGLE_CLIENT_SECRET",
  "GITHUB_CLIENT_ID",
  "GITHUB_CLIENT_SECRET",
  "SMTP_URL",
  "SUPPORT_EMAIL",
  "STRIPE_SECRET_KEY",
  "STRIPE_WEBHOOK_SECRETS",
  "STRIPE_ACCOUNT",
  "BEACON",
  "DRAND_RELAYS",
  "BEACON_SECRET",
  "RATE_LIMITS",
  "TRUSTED_PROXIES",
] as const satisfies readonly (keyof Env)[];

const overrides = ["GOOGLE_ISSUER", "GITHUB_URL", "GITHUB_API_URL", "STRIPE_API_URL"] as const;

/**
 * Reads the variables named in `keys` from `source`.
 * @throws Error naming every variable that is missing or wrong, and what to do.
 */
export function readEnv<K extends keyof Env>(
  keys: readonly K[],
  source: NodeJS.ProcessEnv = process.env,
): Pick<Env, K> {
  const shape = Object.fromEntries(keys.map((key) => [key, true])) as Record<K, true>;
  const parsed = Environment.pick(shape as never).safeParse(source);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new Error(
      `Set these variables in the environment (npm start does it for a local run): ${problems.join("; ")}`,
    );
  }
  refuseOverrides(source);
  return parsed.data as unknown as Pick<Env, K>;
}

function refuseOverrides(source: NodeJS.ProcessEnv): void {
  const url = source.NEXTAUTH_URL;
  if (url === undefined || isLoopback(url)) return;
  const found: string[] = overrides.filter((name) => source[name]);
  if (/(^|[\s,])http:/.test(source.DRAND_RELAYS ?? "")) found.push("DRAND_RELAYS with http");
  if (found.length > 0) {
    throw new Error(
      `${found.join(", ")} may be set only when NEXTAUTH_URL is this machine; it is ${url}. Unset the override.`,
    );
  }
}
