import { hexToBytes } from "@noble/hashes/utils.js";
import type { TransactionSql } from "postgres";
import { nanos } from "@/lib/money/nanos";
import { beaconProblem } from "@/lib/programs/beacon-proof";
import { bonusOdds } from "@/lib/programs/bonus-odds";
import { verifyDraw } from "@/lib/programs/draw";
import { type Odds, oddsHash, oddsRange } from "@/lib/programs/odds";
import { drandRoundTime } from "@/lib/programs/quicknet";
import { CAP, CLOSED, isQueueReason } from "@/lib/programs/suspicion";
import { type Bonus, parseTerms } from "@/lib/programs/terms";

interface DrawRow {
  lane: number;
  id: string;
  kind: string;
  trigger_id: string;
  beneficiary_lane: number;
  beneficiary_id: string;
  program: string;
  terms_id: number;
  state: string;
  held_reason: string | null;
  due_at: string;
  bound_ms: string | null;
  beacon: "local" | "drand" | null;
  chain_id: number | null;
  round: string | null;
  round_ms: string | null;
  drawn_ms: string | null;
  now_ms: string;
  randomness: string | null;
  signature: string | null;
  reserved: string | null;
  amount: string | null;
  region: string | null;
  account_region: string | null;
  /** What sign-up fixed: of whom, to whom, under what. Null where the id is nobody's. */
  fixed: string | null;
  eligible: boolean | null;
  terms_program: string | null;
  parameters: unknown;
  /** At the instant its draw became due something was posted to the account, or it was enrolled in other terms. */
  due_posted: boolean;
  reviewed: boolean;
  is_closed: boolean;
  anchor: string | null;
  given: number | null;
  round_before_ms: string | null;
  links: number;
}

/** A round lies no further ahead than its beacon's margin and period ask, give or take a slow statement. */
const AHEAD_MAX_MS = { local: 5_000, drand: 97_000 };

/** What a draw has beside itself, so that each of its columns can be compared with something. */
const rows = `
  with fixed as (
    select id, concat_ws(' ', 'new-account', lane, account_id, lane, account_id, program, terms_id) as fixed,
           not_eligible is null as eligible
      from enrolments
     union all
    select id, concat_ws(' ', 'referral', lane, referred_id, referrer_lane, referrer_id, program, terms_id),
           void_reason is null and bonus_eligible
      from referrals)
  select d.lane, d.id, d.kind, d.trigger_id, d.beneficiary_lane, d.beneficiary_id, d.program, d.terms_id, d.state,
         d.held_reason, d.due_at::text, d.beacon, d.chain_id, d.round, d.randomness, d.signature, d.reserved, d.amount,
         d.region, a.region as account_region,
         (extract(epoch from d.bound_at) * 1000)::bigint as bound_ms,
         (extract(epoch from d.round_at) * 1000)::bigint as round_ms,
         (extract(epoch from d.drawn_at) * 1000)::bigint as drawn_ms,
         (extract(epoch from clock_timestamp()) * 1000)::bigint as now_ms,
         f.fixed, f.eligible, t.program as terms_program, t.parameters, c.anchor, c.last_round as given,
         (exists (select from usage_events e where e.lane = d.lane and e.account_id = d.trigger_id and e.posted_at = d.due_at)
          or exists (select from postings p where p.lane = d.lane and p.account_id = d.trigger_id and p.at = d.due_at)
          or exists (select from enrolment_requests r
                      where r.lane = d.lane and r.account_id = d.trigger_id and r.created_at = d.due_at))
           as due_posted,
         exists (select from reviews r where r.kind = 'bonus' and r.subject_id = d.id) as reviewed,
         coalesce(a.status = 'closed', false) as is_closed,
         (extract(epoch from lag(d.round_at) over (partition by d.chain_id order by d.round)) * 1000)::bigint
           as round_before_ms,
         count(*) over (partition by d.chain_id, d.round)::int as links
    from draws d
    left join fixed f on f.id = d.id
    left join accounts a on a.lane = d.beneficiary_lane and a.id = d.beneficiary_id
    left join terms t on t.id = d.terms_id
    left join beacon_chains c on c.id = d.chain_id
   order by d.chain_id, d.round, d.id`;

export interface DrawDifference {
  what: string;
  expected: string;
  found: string;
}

/**
 * Makes every draw again from what is stored about it, and compares each of its columns with what sign-up fixed, with
 * its terms, or with its beacon. A time within its bounds is all that can be known of `drawn_at`.
 */
export async function differingDraws(sql: TransactionSql): Promise<DrawDifference[]> {
  const differences: DrawDifference[] = [];
  const odds = new Map<string, Odds | null>();
  const proven = new Map<number, { anchor: string; distance: number }>();
  await sql.unsafe<DrawRow[]>(rows).cursor(1_000, (batch) => {
    for (const row of batch) {
      const key = `${row.terms_id} ${row.region ?? ""}`;
      const its = odds.get(key) ?? oddsOf(row);
      odds.set(key, its);
      for (const { expected, found } of [...fixedProblems(row, its), ...resultProblems(row, its, proven)]) {
        differences.push({ what: `draw ${row.id}`, expected, found });
      }
    }
  });
  return differences;
}

type Problem = Omit<DrawDifference, "what">;

const notSo = (expected: string, found: unknown): Problem => ({ expected, found: String(found ?? "nothing") });

function bonusOf({ terms_program, parameters }: DrawRow): Bonus | null {
  if (terms_program === null) return null;
  const terms = parseTerms(terms_program, typeof parameters === "string" ? JSON.parse(parameters) : parameters);
  return terms.program === "signup-bonus" || terms.program === "referral" ? terms.bonus : null;
}

function oddsOf(row: DrawRow): Odds | null {
  const bonus = bonusOf(row);
  return bonus && bonusOdds(bonus, row.region);
}

function fixedProblems(row: DrawRow, odds: Odds | null): Problem[] {
  const { kind, lane, trigger_id, beneficiary_lane, beneficiary_id, program, terms_id } = row;
  const found = [kind, lane, trigger_id, beneficiary_lane, beneficiary_id, program, terms_id].join(" ");
  const problems: Problem[] = [];
  if (row.fixed !== found) problems.push(notSo(row.fixed ?? "an id that sign-up fixed", found));
  if (row.terms_program !== program || !odds) problems.push(notSo(`terms of ${program} with odds`, row.terms_program));
  if (!row.due_posted) problems.push(notSo("due by a posting or an enrolment of that instant", row.due_at));
  if (!isExplained(row))
    problems.push(notSo(`a reason that fits a ${row.state} draw, reviewed if held`, row.held_reason));
  // Odds are the same everywhere: only a fixed bonus depends on where its beneficiary is.
  const region = bonusOf(row)?.kind === "fixed" ? row.account_region : null;
  if (row.region !== region) problems.push(notSo(region ?? "no region", row.region));
  const isBound = row.state === "bound" || row.state === "drawn";
  if ((row.bound_ms !== null) !== isBound) problems.push(notSo("bound exactly when it says so", row.state));
  if (isBound && row.eligible === false) problems.push(notSo("no draw, for there is no bonus", row.state));
  const most = isBound && odds ? String(oddsRange(odds).most) : null;
  if (row.reserved !== most) problems.push(notSo(`${most ?? "nothing"} reserved`, row.reserved));
  return [...problems, ...roundProblems(row)];
}

/** Only what is held was reviewed and says why, or ended with its account, and only what has no room says so. */
function isExplained({ kind, state, held_reason: why, reviewed, is_closed }: DrawRow): boolean {
  if (state === "held") {
    if (why === CLOSED) return is_closed;
    return why === CAP ? kind === "referral" : why !== null && reviewed;
  }
  return why === null || (state === "queued" && isQueueReason(why));
}

/** A round is fixed as near as it may be, and a link of a chain is given once. */
function roundProblems(row: DrawRow): Problem[] {
  const { beacon, round, anchor, chain_id, given, links } = row;
  if (beacon === null || round === null) return [];
  const ahead = Number(row.round_ms) - Number(row.bound_ms);
  const asNear = ahead <= AHEAD_MAX_MS[beacon] || (beacon === "local" && row.round_ms === row.round_before_ms);
  const problems = asNear ? [] : [notSo("the nearest round it could have", `${ahead} ms ahead`)];
  if (beacon === "drand") {
    if (chain_id !== null) problems.push(notSo("no chain of ours for drand", chain_id));
    const at = drandRoundTime(Number(round));
    if (Number(row.round_ms) !== at) problems.push(notSo(`round ${round} out at ${at}`, row.round_ms));
  } else {
    if (anchor === null || given === null || Number(round) > given)
      problems.push(notSo("a link that was given", round));
    if (links !== 1) problems.push(notSo("a link of its own", `link ${round} of ${links} draws`));
  }
  return problems;
}

function resultProblems(
  row: DrawRow,
  odds: Odds | null,
  /** The last link of each chain that was proven: the next one needs to lead only there. */
  proven: Map<number, { anchor: string; distance: number }>,
): Problem[] {
  const { randomness, signature, amount, beacon, round, chain_id, anchor } = row;
  if (row.state !== "drawn") {
    const early = randomness ?? signature ?? amount ?? row.drawn_ms;
    return early === null ? [] : [notSo("no result before it is drawn", early)];
  }
  if (!odds || randomness === null || amount === null || beacon === null || round === null) {
    return [notSo("a whole result", row.state)];
  }
  if (Number(row.drawn_ms) > Number(row.now_ms)) return [notSo("drawn in the past", row.drawn_ms)];
  const before = chain_id === null ? undefined : proven.get(chain_id);
  const from = before ?? (anchor === null ? null : { anchor, distance: 0 });
  const problem = beaconProblem({
    beacon,
    round: Number(round),
    boundAt: Number(row.bound_ms),
    roundAt: Number(row.round_ms),
    drawnAt: Number(row.drawn_ms),
    randomness,
    signature,
    link: from && { anchor: from.anchor, distance: Number(round) - from.distance },
  });
  if (problem !== null) return [notSo("randomness that its beacon gave out", problem)];
  if (chain_id !== null) proven.set(chain_id, { anchor: randomness, distance: Number(round) });
  const bytes = hexToBytes(randomness);
  const made = verifyDraw({
    drawId: row.id,
    odds,
    oddsHash: oddsHash(odds),
    randomness: bytes,
    amount: nanos(BigInt(amount)),
  });
  return made.ok ? [] : [notSo("what odds and randomness give", `${amount}: ${made.message}`)];
}
