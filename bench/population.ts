import { v7 as timeOrderedId } from "uuid";
import { laneOf } from "@/lib/ledger/lanes";
import { NANOS_PER_DOLLAR } from "@/lib/money/nanos";
import type { Service } from "@/lib/programs/account";

/** One account of the benchmark, as it stands before the first round. Amounts in nano-dollars. */
export interface Member {
  name: string;
  lane: number;
  id: string;
  enrolmentId: string;
  /** Null where nobody referred it. */
  referral: { id: string; referrerLane: number; referrerId: string; windowEnd: Date } | null;
  /** Spent before on pods, from *paid*; below the bonus trigger of $10. */
  spent: bigint;
  paid: bigint;
  promo: bigint;
}

export interface Sku {
  sku: string;
  service: Service;
  /** Per hour, nano-dollars. */
  price: bigint;
}

export interface Template {
  name: string;
  creator: Member;
  gateMet: boolean;
}

export interface Population {
  members: readonly Member[];
  templates: readonly Template[];
}

const DAY_MS = 86_400_000;

/** Prices of which an event of some ten minutes costs about $0.12, so that one in a hundred crosses the $10. */
export const skus: readonly Sku[] = [
  ...rateCard("pod", [220, 340, 440, 540, 690, 790, 1190, 1990]),
  ...rateCard("serverless", [580, 760, 1340]),
  ...rateCard("storage", [70]),
];

function rateCard(service: Service, milliDollars: readonly number[]): Sku[] {
  return milliDollars.map((price) => ({ sku: `${service}-${price}`, service, price: BigInt(price) * 1_000_000n }));
}

/** A number in [0, 1) that depends on nothing but its arguments: the same population at every run. */
function chance(index: number, trait: number): number {
  let hash = (index ^ Math.imul(trait + 1, 0x9e3779b1)) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

const dollars = (amount: number): bigint => (BigInt(Math.round(amount * 1e6)) * NANOS_PER_DOLLAR) / 1_000_000n;

/**
 * Half of the accounts referred, by a tenth of them; of those one in ten past its commission window and one in ten
 * with a window that ended this morning, so that only late events earn. A quarter with promo. One in twenty with so
 * little money that it falls into arrears. Spend so far uniform below $10. Nine templates in ten past their gate.
 * @param oneReferrer the first account referred all others
 */
export function populationOf(accounts: number, now: Date, oneReferrer = false): Population {
  const refs = Array.from({ length: accounts }, () => {
    const id = timeOrderedId();
    return { id, lane: laneOf(id) };
  });
  const members = refs.map((ref, index): Member => {
    const referrer = refs[oneReferrer ? 0 : Math.floor(chance(index, 1) * Math.ceil(accounts / 10))];
    const referred = referrer !== undefined && referrer !== ref && (oneReferrer || chance(index, 2) < 0.5);
    return {
      ...ref,
      name: `bench-${index}`,
      enrolmentId: timeOrderedId(),
      referral: referred
        ? {
            id: timeOrderedId(),
            referrerLane: referrer.lane,
            referrerId: referrer.id,
            windowEnd: windowEnd(chance(index, 3), now),
          }
        : null,
      spent: dollars(chance(index, 4) * 9.999),
      paid: dollars(chance(index, 5) < 0.05 ? chance(index, 6) * 0.1 : 5 + chance(index, 6) * 45),
      promo: chance(index, 7) < 0.25 ? dollars(0.01 + chance(index, 8) * 2) : 0n,
    };
  });
  const templates = Array.from({ length: Math.min(1_000, accounts / 10) }, (_, index): Template => {
    const creator = members[Math.floor(chance(index, 9) * accounts)];
    if (!creator) throw new Error("A population needs accounts");
    return { name: `tpl-${index}`, creator, gateMet: chance(index, 10) < 0.9 };
  });
  return { members, templates };
}

function windowEnd(luck: number, now: Date): Date {
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  if (luck < 0.1) return new Date(today - 30 * DAY_MS);
  return luck < 0.2 ? new Date(today) : new Date(today + 150 * DAY_MS);
}
