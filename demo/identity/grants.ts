import { createHash, randomBytes } from "node:crypto";
import type { Person } from "./person";

/** What a person allowed an application, between the page and the token. */
export interface Grant {
  provider: "google" | "github";
  person: Person;
  redirectUri: string;
  /** BASE64URL(SHA-256(verifier)), RFC 7636. */
  challenge: string;
  scope: string;
  nonce: string | undefined;
}

const codeMs = 60_000;
const tokenMs = 3600_000;

/** Authorization codes and access tokens that are in force. Kept in memory: a restart forgets them. */
export class Grants {
  private readonly codes = new Map<string, { grant: Grant; until: number }>();
  private readonly tokens = new Map<string, { grant: Grant; until: number }>();

  constructor(private readonly now: () => number) {}

  /** A code that can be exchanged once, within a minute. */
  newCode(grant: Grant): string {
    return this.put(this.codes, grant, codeMs);
  }

  newToken(grant: Grant): string {
    return this.put(this.tokens, grant, tokenMs);
  }

  /** Uses a code up, whether or not what came with it is right; undefined when it is not. */
  exchange(
    provider: Grant["provider"],
    { code, redirectUri, verifier }: { code: string; redirectUri: string; verifier: string },
  ): Grant | undefined {
    const grant = this.get(this.codes, code);
    this.codes.delete(code);
    if (!grant || grant.provider !== provider || grant.redirectUri !== redirectUri) return undefined;
    return createHash("sha256").update(verifier).digest("base64url") === grant.challenge ? grant : undefined;
  }

  /** The grant behind an `Authorization` header. */
  bearer(provider: Grant["provider"], header: string | undefined): Grant | undefined {
    const token = /^(?:bearer|token) (\S+)$/i.exec(header ?? "")?.[1];
    const grant = token === undefined ? undefined : this.get(this.tokens, token);
    return grant?.provider === provider ? grant : undefined;
  }

  private put(kept: Map<string, { grant: Grant; until: number }>, grant: Grant, ms: number): string {
    for (const [key, { until }] of kept) if (until <= this.now()) kept.delete(key);
    const key = randomBytes(24).toString("base64url");
    kept.set(key, { grant, until: this.now() + ms });
    return key;
  }

  private get(kept: Map<string, { grant: Grant; until: number }>, key: string): Grant | undefined {
    const found = kept.get(key);
    return found && found.until > this.now() ? found.grant : undefined;
  }
}
