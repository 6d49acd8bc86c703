import type { TransactionSql } from "postgres";
import { CHAIN_LENGTH, chainLink, chainSeed, needsNewChain } from "@/lib/programs/local-beacon";

interface ChainRow {
  id: number;
  name: string;
  length: number;
  last_round: number;
}

/**
 * The next unused link of the local beacon, its chain locked. Links are used in order, and before a chain's last ones
 * are reached the anchor of the next chain is published.
 */
export async function nextLink(
  raw: TransactionSql,
  secret: Uint8Array,
): Promise<{ chainId: number; distance: number }> {
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

/** The link of a chain at a distance from its anchor, without walking the whole chain each time. */
export function revealLink(secret: Uint8Array, chain: { name: string; length: number }, distance: number): Uint8Array {
  const key = `${Buffer.from(secret).toString("hex")}|${chain.name}|${chain.length}`;
  let kept = keptLinks.get(key);
  if (!kept) {
    kept = [chainSeed(secret, chain.name)];
    for (let steps = KEPT_EVERY; steps <= chain.length; steps += KEPT_EVERY) {
      const last = kept.at(-1);
      if (last) kept.push(chainLink(last, KEPT_EVERY, 0));
    }
    keptLinks.set(key, kept);
  }
  const steps = chain.length - distance;
  const nearest = Math.floor(steps / KEPT_EVERY);
  const from = kept[nearest];
  if (!from) throw new RangeError(`No link ${distance} in chain ${chain.name}`);
  return chainLink(from, chain.length - nearest * KEPT_EVERY, distance);
}
