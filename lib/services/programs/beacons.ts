import { readEnv } from "@/lib/env";
import type { Beacon } from "./beacon";
import { drandBeacon } from "./drand-beacon";
import { localBeacon } from "./local-chain";

export interface Beacons {
  /** What new draws are bound to. */
  chosen: Beacon;
  /** What a draw is bound to already: it stays with that one whatever is chosen now. */
  named: Readonly<Record<Beacon["name"], Beacon>>;
}

/**
 * The beacons of this installation, for one pass over its draws.
 * @param secret 32 bytes, from which the chains of the local beacon are made
 */
export function beaconsOf(secret: Uint8Array): Beacons {
  const { BEACON, DRAND_RELAYS } = readEnv(["BEACON", "DRAND_RELAYS"]);
  const named = { local: localBeacon(secret), drand: drandBeacon(DRAND_RELAYS) };
  return { chosen: named[BEACON], named };
}
