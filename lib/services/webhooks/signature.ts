import { createHmac, randomBytes } from "node:crypto";

const PREFIX = "whsec_";
const SECRET_BYTES = 32;

export interface Signed {
  /** `msg_…`: the same in every attempt. */
  id: string;
  /** When it is sent, in whole seconds since 1970. */
  seconds: number;
  /** The very bytes that are sent. */
  body: string;
}

/** A secret as Standard Webhooks writes it. */
export const newSecret = (): string => PREFIX + randomBytes(SECRET_BYTES).toString("base64");

/**
 * The headers of Standard Webhooks 1.0: who verifies takes any of the signatures, so that a receiver may have either
 * secret while one replaces the other.
 * @param secrets one or more, each `whsec_` and base64
 */
export function signedHeaders({ id, seconds, body }: Signed, secrets: readonly string[]): Record<string, string> {
  const signatures = secrets.map((secret) => `v1,${hmac(secret, `${id}.${seconds}.${body}`)}`);
  return { "webhook-id": id, "webhook-timestamp": String(seconds), "webhook-signature": signatures.join(" ") };
}

function hmac(secret: string, content: string): string {
  const key = Buffer.from(secret.slice(PREFIX.length), "base64");
  return createHmac("sha256", key).update(content).digest("base64");
}
