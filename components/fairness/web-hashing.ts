import type { Hashing } from "@/lib/programs/check-draw";

/** The hashes of the reader's own browser; null where it keeps them for addresses it calls secure. */
export function webHashing(): Hashing | null {
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (!subtle) return null;
  const hmac = { name: "HMAC", hash: "SHA-256" };
  return {
    sha256: async (bytes) => new Uint8Array(await subtle.digest("SHA-256", new Uint8Array(bytes))),
    hmacSha256: async (secret, message) => {
      const key = await subtle.importKey("raw", new Uint8Array(secret), hmac, false, ["sign"]);
      return new Uint8Array(await subtle.sign("HMAC", key, new Uint8Array(message)));
    },
  };
}
