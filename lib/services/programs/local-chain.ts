import type { TransactionSql } from "postgres";
import { CHAIN_LENGTH, chainLink, chainSeed, needsNewChain, ROUND_DELAY_MS } from "@/lib/programs/local-beacon";
import type { AwaitedRound, Beacon, FixedRound } from "./beacon";

/** Kept between the least the database accepts and what is asked for, so that a slow commit is not refused. */
const MARGIN_MS = 500;

interface ChainRow {
  id: number;
  name: string;
  length: number;
  last_round: number;
}

/**
 * Chains made here from a secret: they show that results follow what was published, and their owner could foresee
 * them.
 * @param secret 32 bytes
 */
export const localBeacon = (secret: Uint8Array): Beacon => ({
  name: "local",
  bind: (raw) => fixLink(raw, secret),
  reveal: async ({ round, chain }) => {
    const link = chain && revealLink(secret, chain, round);
    return link && { randomness: link, signature: null };
  },
});

/** Gives the draw the next link, out no sooner than the links before it. */
async function fixLink(raw: TransactionSql, secret: Uint8Array): Promise<FixedRound> {
  const { chainId, distance } = await nextLink(raw, secret);
  const [fixed] = await raw<{ bound_at: string; round_at: string }[]>`
    with moment as (select date_trunc('milliseconds', clock_timestamp()) as bound_at)
    update beacon_chains
       set last_round = ${distance},
           last_round_at = greatest(moment.bound_at + make_interval(secs => ${(ROUND_DELAY_MS + MARGIN_MS) / 1_000}),
                                    last_round_at)
      from moment where id = ${chainId}
    returning moment.bound_at, last_round_at as round_at`;
  if (!fixed) throw new Error(`Chain ${chainId} of the local beacon is gone`);
  return { boundAt: fixed.bound_at, round: distance, roundAt: fixed.round_at, chainId };
}

/**
 * The next unused link of the local beacon, its chain locked. Links are used in order, and before a chain's last ones
 * are reached the anchor of the next chain is published.
 */
async function nextLink(raw: TransactionSql, secret: Uint8Array): Promise<{ chainId: number; distance: number }> {
  await raw`select pg_advisory_xact_lock(hashtextextended('beacon-chains', 0))`;
  const chains = await raw<ChainRow[]>`
    select id, name, length, last_round from beacon_chains where last_round < length order by id`;
  const [current] = chains;
  if (!current || (chains.length === 1 && needsNewChain(current.last_round, current.length))) {
    const added = await publishChain(raw, secret);
    if (!current) return { chainId: added, distance: 1 };
  }
  if (!current) throw new Error("No chain of the local beacon could be made");
  return { chainId: current.id, distance: current.last_round + 1 };
}

async function publishChain(raw: TransactionSql, secret: Uint8Array): Promise<number> {
  const [count] = await raw<{ chains: number }[]>`select count(*)::int as chains from beacon_chains`;
  const name = `tenspot-${(count?.chains ?? 0) + 1}`;
  const anchor = chainLink(chainSeed(secret, name), CHAIN_LENGTH, 0);
  const [chain] = await raw<{ id: number }[]>`
    insert into beacon_chains (name, anchor, length, created_at)
    values (${name}, ${Buffer.from(anchor).toString("hex")}, ${CHAIN_LENGTH}, clock_timestamp()) returning id`;
  if (!chain) throw new Error("The chain was not written");
  return chain.id;
}

/** Links kept of each chain, so that any other is at most so many hashes away. */
const KEPT_EVERY = 100;
const keptLinks = new Map<string, Uint8Array[]>();

/**
 * The link of a chain at a distance from its anchor, without walking the whole chain each time. Null when the secret
 * is not the one the published anchor was made from: nothing may be drawn by such a link.
 */
function revealLink(
  secret: Uint8Array,
  chain: NonNullable<AwaitedRound["chain"]>,
  distance: number,
): Uint8Array | null {
  const key = `${Buffer.from(secret).toString("hex")}|${chain.name}|${chain.length}|${chain.anchor}`;
  const kept = keptLinks.get(key) ?? walkChain(secret, chain);
  keptLinks.set(key, kept);
  const steps = chain.length - distance;
  const nearest = Math.floor(steps / KEPT_EVERY);
  const from = kept[nearest];
  return from ? chainLink(from, chain.length - nearest * KEPT_EVERY, distance) : null;
}

/** Every so-manieth link from the seed on; none when they do not lead to the anchor. */
function walkChain(secret: Uint8Array, { name, length, anchor }: NonNullable<AwaitedRound["chain"]>): Uint8Array[] {
  let last = chainSeed(secret, name);
  const kept = [last];
  for (let steps = KEPT_EVERY; steps <= length; steps += KEPT_EVERY) {
    last = chainLink(last, KEPT_EVERY, 0);
    kept.push(last);
  }
  const end = chainLink(last, length % KEPT_EVERY, 0);
  if (Buffer.from(end).toString("hex") === anchor) return kept;
  console.error(`BEACON_SECRET is not the one that chain ${name} was made from: its draws wait until it is back`);
  return [];
}
