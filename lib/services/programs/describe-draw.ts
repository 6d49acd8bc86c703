import type { Db } from "@/db/client";
import type { AccountRef } from "@/lib/ledger/wallet";
import { amountText } from "@/lib/money/format";
import type { Nanos } from "@/lib/money/nanos";
import { bonusOdds } from "@/lib/programs/bonus-odds";
import { type DrawState, drawStateOf } from "@/lib/programs/bonus-state";
import { oddsHash } from "@/lib/programs/odds";
import { parseTerms } from "@/lib/programs/terms";

interface DrawRow {
  id: string;
  program: string;
  state: DrawState;
  held_reason: string | null;
  due_ms: string;
  bound_ms: string | null;
  drawn_ms: string | null;
  round_ms: string | null;
  amount: string | null;
  region: string | null;
  parameters: unknown;
  beacon: string | null;
  round: string | null;
  randomness: string | null;
  signature: string | null;
  anchor: string | null;
}

const instant = (ms: string | null): string | null => (ms === null ? null : new Date(Number(ms)).toISOString());

const drawColumns = `
  d.id, d.program, d.state, d.held_reason, d.amount, d.beacon, d.round, d.randomness, d.signature, c.anchor, d.region, t.parameters,
  (extract(epoch from d.due_at) * 1000)::bigint as due_ms,
  (extract(epoch from d.bound_at) * 1000)::bigint as bound_ms,
  (extract(epoch from d.drawn_at) * 1000)::bigint as drawn_ms,
  (extract(epoch from d.round_at) * 1000)::bigint as round_ms
    from draws d join terms t on t.id = d.terms_id left join beacon_chains c on c.id = d.chain_id`;

/** All that anybody needs to recompute a draw; null before it is due, and for ids that are no draw's. */
export async function describeDraw(db: Db, id: string) {
  const [row] = await db.$client.unsafe<DrawRow[]>(`select ${drawColumns} where d.id = $1::uuid`, [id], {
    prepare: true,
  });
  return row ? view(row) : null;
}

/** Where a page of draws ended. */
export interface DrawPlace {
  dueAt: Date;
  drawId: string;
}

/** The draws an account is the beneficiary of, newest first, those after the place `after` where it is given. */
export async function listDraws(
  db: Db,
  account: AccountRef,
  { limit, after }: { limit: number; after: DrawPlace | null },
) {
  const beyond = after ? "and (d.due_at, d.id) < ($3::timestamptz, $4::uuid)" : "";
  const rows = await db.$client.unsafe<DrawRow[]>(
    `select ${drawColumns} where d.beneficiary_id = $1::uuid ${beyond} order by d.due_at desc, d.id desc limit $2`,
    [account.id, limit, ...(after ? [after.dueAt.toISOString(), after.drawId] : [])],
    { prepare: true },
  );
  return rows.map(view);
}

function view(row: DrawRow) {
  const parameters = typeof row.parameters === "string" ? JSON.parse(row.parameters) : row.parameters;
  const terms = parseTerms(row.program, parameters);
  if (terms.program !== "signup-bonus" && terms.program !== "referral") {
    throw new Error(`Draw ${row.id} is pinned to terms without a bonus for new accounts`);
  }
  const odds = bonusOdds(terms.bonus, row.region);
  return {
    drawId: row.id,
    program: row.program,
    state: drawStateOf({ state: row.state, heldReason: row.held_reason }),
    dueAt: instant(row.due_ms),
    boundAt: instant(row.bound_ms),
    drawnAt: instant(row.drawn_ms),
    amount: row.amount === null ? null : amountText(BigInt(row.amount) as Nanos),
    oddsHash: oddsHash(odds),
    odds,
    beacon:
      row.beacon === null || row.round === null
        ? null
        : {
            name: row.beacon,
            round: Number(row.round),
            roundAt: instant(row.round_ms),
            randomness: row.randomness,
            signature: row.signature,
            anchor: row.anchor,
            distance: row.beacon === "local" ? Number(row.round) : null,
          },
  };
}
