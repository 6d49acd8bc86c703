import { createHash, generateKeyPairSync, sign } from "node:crypto";

/** A key made at start, which signs tokens as RS256. */
export class Signer {
  private readonly pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
  private readonly publicJwk = this.pair.publicKey.export({ format: "jwk" });
  private readonly kid = createHash("sha256").update(String(this.publicJwk.n)).digest("base64url").slice(0, 16);

  /** The public half, as a JSON Web Key Set. */
  jwks(): object {
    return { keys: [{ ...this.publicJwk, kid: this.kid, use: "sig", alg: "RS256" }] };
  }

  sign(claims: object): string {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const signed = `${part({ alg: "RS256", typ: "JWT", kid: this.kid })}.${part(claims)}`;
    return `${signed}.${sign("RSA-SHA256", Buffer.from(signed), this.pair.privateKey).toString("base64url")}`;
  }
}
