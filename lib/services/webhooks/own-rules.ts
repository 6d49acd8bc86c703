import { isLoopback, readEnv } from "@/lib/env";
import type { DestinationRules } from "./destination";

/** Where this installation may send: to this machine only where it is itself reached there alone, as in the demo. */
export const ownRules = (): DestinationRules => ({ allowLoopback: isLoopback(readEnv(["NEXTAUTH_URL"]).NEXTAUTH_URL) });
