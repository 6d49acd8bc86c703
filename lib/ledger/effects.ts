import type { TransactionSql } from "postgres";
import { dayText, type Effects, royaltyOf, templateTotals } from "@/lib/programs/effects";
import { append } from "./post";
import * as postings from "./postings";
import { arrayLiteral, textArrayLiteral } from "./sql-arrays";
import type { TemplateBook } from "./templates";
import type { AccountRef, LockedWallet } from "./wallet";

export interface WalletEffects {
  wallet: LockedWallet;
  effects: Effects;
}

/**
 * Writes what postings did beyond the wallets they moved: rollups, template totals, accruals on their way to their
 * beneficiaries, draws now due. Set-based, every statement in key order, all sent before the first is awaited.
 */
export async function writeEffects(
  raw: TransactionSql,
  changed: readonly WalletEffects[],
  { templates, at }: { templates: TemplateBook; at: Date },
): Promise<void> {
  await Promise.all([
    writeDays(raw, changed),
    writeTemplates(raw, changed),
    writeOutbox(raw, changed, templates),
    writeDueDraws(raw, changed, at),
    writeStandings(raw, changed),
  ]);
  for (const { wallet, effects } of changed) await writeAnswers(raw, wallet, effects, at);
}

/** Postings that the rules made in answer to others: a bonus posted again or taken back, debt settled by a void. */
async function writeAnswers(raw: TransactionSql, wallet: LockedWallet, effects: Effects, at: Date): Promise<void> {
  const { account } = wallet;
  for (const settlement of effects.settlements) {
    const posting = postings.settlement({ account: account.id, ...settlement });
    await append(raw, wallet, posting, { seq: settlement.seq, at });
  }
  for (const { seq, reward, isGiven, number, credit, debt } of effects.rewardMoves) {
    const input = { id: reward.id, bucket: reward.bucket, number, credit, debt };
    await append(raw, wallet, isGiven ? postings.rewardGiven(input) : postings.rewardTaken(input), { seq, at });
    await raw`
      update rewards set posted = ${isGiven}, times = ${number}
       where lane = ${account.lane} and account_id = ${account.id} and id = ${reward.id}`;
  }
}

const givesToReferrer = ({ referral }: LockedWallet): boolean =>
  referral !== null && (referral.bonusEligible || referral.hasMilestone);

/** What the referrer gets stands or falls with the referred account's paid spend: the sweep looks at it. */
async function writeStandings(raw: TransactionSql, changed: readonly WalletEffects[]): Promise<void> {
  const passed = changed.filter(({ wallet, effects }) => effects.standingChanged && givesToReferrer(wallet));
  if (passed.length === 0) return;
  await raw.unsafe(
    `insert into standing_outbox (lane, trigger_id) select * from unnest($1::smallint[], $2::uuid[])`,
    [
      arrayLiteral(passed.map(({ wallet }) => wallet.account.lane)),
      arrayLiteral(passed.map(({ wallet }) => wallet.account.id)),
    ],
    { prepare: true },
  );
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

async function writeDays(raw: TransactionSql, changed: readonly WalletEffects[]): Promise<void> {
  const rows = changed.flatMap(({ wallet, effects }) =>
    [...effects.days].map(([day, totals]) => ({ account: wallet.account, day: dayText(day), ...totals })),
  );
  if (rows.length === 0) return;
  await raw.unsafe(
    `insert into usage_days as d (lane, account_id, day, events, charged_pod, charged_serverless, charged_storage)
     select * from unnest($1::smallint[], $2::uuid[], $3::date[], $4::int[], $5::bigint[], $6::bigint[], $7::bigint[])
     on conflict (lane, account_id, day) do update
        set events = d.events + excluded.events, charged_pod = d.charged_pod + excluded.charged_pod,
            charged_serverless = d.charged_serverless + excluded.charged_serverless,
            charged_storage = d.charged_storage + excluded.charged_storage`,
    [
      arrayLiteral(rows.map(({ account }) => account.lane)),
      arrayLiteral(rows.map(({ account }) => account.id)),
      arrayLiteral(rows.map(({ day }) => day)),
      arrayLiteral(rows.map(({ events }) => events)),
      arrayLiteral(rows.map(({ charged }) => charged.pod)),
      arrayLiteral(rows.map(({ charged }) => charged.serverless)),
      arrayLiteral(rows.map(({ charged }) => charged.storage)),
    ],
    { prepare: true },
  );
}

async function writeTemplates(raw: TransactionSql, changed: readonly WalletEffects[]): Promise<void> {
  const days = new Map<string, { lane: number; template: string; day: string; runtimeMs: bigint; spend: bigint }>();
  const lanes = new Map<string, { lane: number; template: string; runtimeMs: bigint; spend: bigint }>();
  const users: { account: AccountRef; template: string }[] = [];
  for (const { wallet, effects } of changed) {
    const { lane } = wallet.account;
    for (const [template, gathered] of effects.templates) {
      if (gathered.usedByOthers) users.push({ account: wallet.account, template });
      addTo(lanes, `${template}|${lane}`, { lane, template, ...templateTotals(gathered) });
      for (const [number, totals] of gathered.days) {
        const day = dayText(number);
        addTo(days, `${template}|${day}|${lane}`, { lane, template, day, ...totals });
      }
    }
  }
  if (lanes.size === 0) return;
  const perLane = inKeyOrder(lanes);
  const perDay = inKeyOrder(days);
  await Promise.all([
    raw.unsafe(
      `insert into template_lanes as t (lane, template, runtime_ms, spend)
       select * from unnest($1::smallint[], $2::text[], $3::bigint[], $4::bigint[])
       on conflict (template, lane) do update
          set runtime_ms = t.runtime_ms + excluded.runtime_ms, spend = t.spend + excluded.spend`,
      [
        arrayLiteral(perLane.map(({ lane }) => lane)),
        textArrayLiteral(perLane.map(({ template }) => template)),
        arrayLiteral(perLane.map(({ runtimeMs }) => runtimeMs)),
        arrayLiteral(perLane.map(({ spend }) => spend)),
      ],
      { prepare: true },
    ),
    raw.unsafe(
      `insert into template_days as t (lane, template, day, runtime_ms, spend)
       select * from unnest($1::smallint[], $2::text[], $3::date[], $4::bigint[], $5::bigint[])
       on conflict (template, day, lane) do update
          set runtime_ms = t.runtime_ms + excluded.runtime_ms, spend = t.spend + excluded.spend`,
      [
        arrayLiteral(perDay.map(({ lane }) => lane)),
        textArrayLiteral(perDay.map(({ template }) => template)),
        arrayLiteral(perDay.map(({ day }) => day)),
        arrayLiteral(perDay.map(({ runtimeMs }) => runtimeMs)),
        arrayLiteral(perDay.map(({ spend }) => spend)),
      ],
      { prepare: true },
    ),
    raw.unsafe(
      `insert into template_users (lane, template, account_id)
       select * from unnest($1::smallint[], $2::text[], $3::uuid[]) as u (lane, template, account_id)
       on conflict do nothing`,
      [
        arrayLiteral(users.map(({ account }) => account.lane)),
        textArrayLiteral(users.map(({ template }) => template)),
        arrayLiteral(users.map(({ account }) => account.id)),
      ],
      { prepare: true },
    ),
  ]);
}

function addTo<T extends { runtimeMs: bigint; spend: bigint }>(totals: Map<string, T>, key: string, more: T): void {
  const found = totals.get(key);
  if (!found) {
    totals.set(key, more);
    return;
  }
  found.runtimeMs += more.runtimeMs;
  found.spend += more.spend;
}

const inKeyOrder = <T>(totals: Map<string, T>): T[] =>
  [...totals].sort(([a], [b]) => byText(a, b)).map(([, value]) => value);

async function writeOutbox(
  raw: TransactionSql,
  changed: readonly WalletEffects[],
  templates: TemplateBook,
): Promise<void> {
  const owed = new Map<string, { lane: number; to: AccountRef; program: string; template: string; accrual: bigint }>();
  const owe = (lane: number, to: AccountRef, program: string, template: string, accrual: bigint) => {
    if (accrual === 0n) return;
    const key = `${lane}|${to.id}|${program}|${template}`;
    const found = owed.get(key);
    if (found) found.accrual += accrual;
    else owed.set(key, { lane, to, program, template, accrual });
  };
  for (const { wallet, effects } of changed) {
    const { lane } = wallet.account;
    if (wallet.referral && wallet.referral.hold !== "refused") {
      const { id, referrer, program, hold } = wallet.referral;
      owe(lane, referrer, program, hold === "held" ? id : "", effects.commission);
    }
    for (const [template, gathered] of effects.templates) {
      owe(lane, templates.creator(template), "template-beta", template, royaltyOf(gathered));
    }
  }
  if (owed.size === 0) return;
  const rows = [...owed.values()];
  await raw.unsafe(
    `insert into accrual_outbox (lane, beneficiary_lane, beneficiary_id, program, template, accrual)
     select * from unnest($1::smallint[], $2::smallint[], $3::uuid[], $4::text[], $5::text[], $6::numeric[])`,
    [
      arrayLiteral(rows.map(({ lane }) => lane)),
      arrayLiteral(rows.map(({ to }) => to.lane)),
      arrayLiteral(rows.map(({ to }) => to.id)),
      textArrayLiteral(rows.map(({ program }) => program)),
      textArrayLiteral(rows.map(({ template }) => template)),
      arrayLiteral(rows.map(({ accrual }) => accrual)),
    ],
    { prepare: true },
  );
}

/**
 * Reaching the trigger makes the account's own draw due, and its referrer's where the pair may have one. Both ids
 * were fixed at sign-up, and the primary key lets each come once.
 */
async function writeDueDraws(raw: TransactionSql, changed: readonly WalletEffects[], at: Date): Promise<void> {
  const due = changed.filter(({ effects }) => effects.bonusDue);
  if (due.length === 0) return;
  const draws = due.flatMap(({ wallet }) => {
    const { account, enrolment, referral } = wallet;
    const own = { account, id: enrolment.id, kind: "new-account", to: account, program: enrolment.program };
    const drawsOfAccount = [{ ...own, termsId: enrolment.termsId }];
    if (enrolment.program === "referral" && referral?.bonusEligible) {
      const { id, referrer: to, termsId } = referral;
      drawsOfAccount.push({ account, id, kind: "referral", to, program: "referral", termsId });
    }
    return drawsOfAccount;
  });
  await raw.unsafe(
    `insert into draws (lane, id, kind, trigger_id, beneficiary_lane, beneficiary_id, program, terms_id, state, due_at)
     select u.*, 'due', $9::timestamptz
       from unnest($1::smallint[], $2::uuid[], $3::text[], $4::uuid[], $5::smallint[], $6::uuid[], $7::text[], $8::int[])
         as u`,
    [
      arrayLiteral(draws.map(({ account }) => account.lane)),
      arrayLiteral(draws.map(({ id }) => id)),
      arrayLiteral(draws.map(({ kind }) => kind)),
      arrayLiteral(draws.map(({ account }) => account.id)),
      arrayLiteral(draws.map(({ to }) => to.lane)),
      arrayLiteral(draws.map(({ to }) => to.id)),
      arrayLiteral(draws.map(({ program }) => program)),
      arrayLiteral(draws.map(({ termsId }) => termsId)),
      at.toISOString(),
    ],
    { prepare: true },
  );
}
