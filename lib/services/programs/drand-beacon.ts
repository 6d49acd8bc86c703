import { hexToBytes } from "@noble/hashes/utils.js";
import type { TransactionSql } from "postgres";
import { DRAND_DELAY_MS, type DrandRound, drandRoundTime, firstDrandRound } from "@/lib/programs/quicknet";
import type { Beacon } from "./beacon";
import { askRelays } from "./drand-relays";

/** Kept between the least the database accepts and what is asked for, so that a slow commit is not refused. */
const MARGIN_MS = 2_000;

/**
 * The public drand beacon: nobody, the operator included, can foresee or steer its rounds.
 * @param relays addresses that hand out its rounds; none of them is trusted
 */
export function drandBeacon(relays: readonly string[]): Beacon {
  const ask = askRelays(relays);
  // Draws bound within three seconds of each other share a round, which is asked for once.
  const asked = new Map<number, Promise<DrandRound | null>>();
  return {
    name: "drand",
    bind: fixRound,
    reveal: async ({ round }) => {
      const answer = asked.get(round) ?? ask(round);
      asked.set(round, answer);
      const found = await answer;
      return found && { randomness: hexToBytes(found.randomness), signature: found.signature };
    },
  };
}

async function fixRound(raw: TransactionSql) {
  const [moment] = await raw<{ bound_at: string; bound_ms: string }[]>`
    select bound_at, (extract(epoch from bound_at) * 1000)::bigint as bound_ms
      from (select date_trunc('milliseconds', clock_timestamp()) as bound_at) moment`;
  if (!moment) throw new Error("The database did not tell the time");
  const round = firstDrandRound(Number(moment.bound_ms) + DRAND_DELAY_MS + MARGIN_MS);
  return { boundAt: moment.bound_at, round, roundAt: new Date(drandRoundTime(round)).toISOString(), chainId: null };
}
