import { readEnv } from "@/lib/env";

/** Scheme, host and port under which people reach the product. */
export const publicOrigin = (): string => new URL(readEnv(["NEXTAUTH_URL"]).NEXTAUTH_URL).origin;

export const isHttps = (origin: string): boolean => origin.startsWith("https:");

/**
 * Whether a request that changes something was sent by one of our own pages. Browsers name the origin of every POST,
 * so a request that names none is refused like a foreign one.
 */
export const isFromHere = (originHeader: string | null, origin: string): boolean => originHeader === origin;
