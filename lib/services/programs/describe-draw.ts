import type { Db } from "@/db/client";
import { amountText } from "@/lib/money/format";
import type { Nanos } from "@/lib/money/nanos";
import { oddsHash } from "@/lib/programs/odds";
import { parseTerms } from "@/lib/programs/terms";

interface DrawRow {
  id: string;
  program: string;
  state: "due" | "held" | "queued" | "bound" | "drawn";
  due_ms: string;
  bound_ms: string | null;
  drawn_ms: string | null;
  round_ms: string | null;
  amount: string | null;
  parameters: unknown;
  beacon: string | null;
  round: string | null;
  randomness: string | null;
  signature: string | null;
  anchor: string | null;
}

const instant = (ms: string | null): string | null => (ms === null ? null : new Date(Number(ms)).toISOString());

/** All that anybody needs to recompute a draw; null before it is due, and for ids that are no draw's. */
export async function describeDraw(db: Db, id: string) {
  const [row] = await db.$client<DrawRow[]>`
    select d.id, d.program, d.state, d.amount, d.beacon, d.round, d.randomness, d.signature, c.anchor, t.parameters,
           (extract(epoch from d.due_at) * 1000)::bigint as due_ms,
           (extract(epoch from d.bound_at) * 1000)::bigint as bound_ms,
           (extract(epoch from d.drawn_at) * 1000)::bigint as drawn_ms,
           (extract(epoch from d.round_at) * 1000)::bigint as round_ms
      from draws d join terms t on t.id = d.terms_id left join beacon_chains c on c.id = d.chain_id
     where d.id = ${id}`;
  if (!row) return null;
  const parameters = typeof row.parameters === "string" ? JSON.parse(row.parameters) : row.parameters;
  const terms = parseTerms(row.program, parameters);
  if (!("bonus" in terms) || terms.bonus.kind !== "draw") throw new Error(`Draw ${id} is pinned to terms without odds`);
  const { odds } = terms.bonus;
  return {
    drawId: row.id,
    program: row.program,
    state: row.state,
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
