import type { Db, Tx } from "@/db/client";
import type { AccountRef } from "@/lib/ledger/wallet";
import { type Accrual, accrue, type BasisPoints, sumAccruals, ZERO_ACCRUAL } from "@/lib/money/accrual";
import { type Provenance, type Service, services } from "@/lib/programs/account";
import { type Condition, milestoneChecklist, referralChecklist } from "@/lib/programs/checklist";
import { type Milestone, type Pair, type PairsWanted, readPairs } from "./pair-facts";

export type ReferralStage = "signed_up" | "spending" | "qualified" | "void";

/** What a pair earns its referrer, and every condition of it. */
export interface ListedReferral {
  id: string;
  /** The referred account's name: for the platform, never for the referrer. */
  account: string;
  signedUpAt: Date;
  program: string;
  /** Of the terms the pair is pinned to. */
  version: string;
  stage: ReferralStage;
  /** End excluded; null for the lifetime of the referred account. */
  windowEnd: Date | null;
  /** Where its commission is gathered unless it is held. */
  part: string;
  /** What of usage earns commission. */
  provenance: Provenance;
  /** Every service that pays commission. */
  earned: { service: Service; rate: BasisPoints; accrual: Accrual }[];
  earnedTotal: Accrual;
  conditions: Condition[];
  milestone: (Milestone & { conditions: Condition[] }) | null;
}

/** A referrer's pairs, as its side may read them; `after` is the id of the last one of the page before. */
export const listReferrals = (
  db: Db,
  referrer: AccountRef,
  page: { limit: number; after: string | null },
  now: Date,
): Promise<ListedReferral[]> => list(db, { referrer, ...page }, "referrer", now);

/** The same within a transaction, so that what is read beside is of one snapshot. */
export const listReferralsIn = async (
  db: Db,
  tx: Tx,
  referrer: AccountRef,
  page: { limit: number; after: string | null },
  now: Date,
): Promise<ListedReferral[]> =>
  (await readPairs(db, tx, { referrer, ...page }, now)).map((pair) => toListed(pair, "referrer"));

/** Those of a referrer's pairs that are asked for. */
export const referralsById = (
  db: Db,
  referrer: AccountRef,
  ids: readonly string[],
  now: Date,
): Promise<ListedReferral[]> => (ids.length === 0 ? Promise.resolve([]) : list(db, { referrer, ids }, "referrer", now));

/** The pair an account came by, as the account itself may read it; null where nobody referred it. */
export const ownPair = async (db: Db, referred: AccountRef, now: Date): Promise<ListedReferral | null> =>
  (await list(db, { referred }, "referred", now))[0] ?? null;

async function list(db: Db, wanted: PairsWanted, reader: "referrer" | "referred", now: Date) {
  const pairs = await db.transaction((tx) => readPairs(db, tx, wanted, now), {
    isolationLevel: "repeatable read",
    accessMode: "read only",
  });
  return pairs.map((pair) => toListed(pair, reader));
}

function toListed(pair: Pair, reader: "referrer" | "referred"): ListedReferral {
  const { id, account, signedUpAt, program, version, facts, milestone } = pair;
  const earned = earnedBy(pair);
  return {
    id,
    account,
    signedUpAt,
    program,
    version,
    stage: stageOf(pair),
    windowEnd: facts.windowEndMs === null ? null : new Date(facts.windowEndMs),
    part: pair.part,
    provenance: facts.provenance,
    earned,
    earnedTotal: sumAccruals(earned.map(({ accrual }) => accrual)),
    conditions: referralChecklist(facts, reader),
    milestone: milestone && {
      ...milestone,
      conditions: milestoneChecklist(
        {
          trigger: milestone.trigger.kind,
          missing: milestone.missing,
          times: milestone.times[reader],
          hold: facts.hold,
        },
        reader,
      ),
    },
  };
}

function stageOf({ facts, wasReached }: Pair): ReferralStage {
  if (facts.voidReason !== null) return "void";
  if (wasReached) return "qualified";
  return facts.isSpending ? "spending" : "signed_up";
}

/** A refused pair accrues nothing, and what it had is handed back. */
function earnedBy({ terms, base, facts }: Pair): ListedReferral["earned"] {
  if (!("commission" in terms)) throw new Error(`${terms.program} pays no commission, yet a referral is pinned to it`);
  const { rates } = terms.commission;
  const isRefused = facts.hold?.state === "refused";
  return services.flatMap((service) =>
    rates[service] > 0n
      ? [
          {
            service,
            rate: rates[service],
            accrual: isRefused ? ZERO_ACCRUAL : accrue(base[service], rates[service]),
          },
        ]
      : [],
  );
}
