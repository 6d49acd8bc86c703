import type { TransactionSql } from "postgres";
import type { Effects } from "@/lib/programs/effects";
import { turnDays, writeDays } from "./days";
import { writeOutbox } from "./outbox";
import { append } from "./post";
import * as postings from "./postings";
import { writeMove } from "./reward-life";
import { arrayLiteral } from "./sql-arrays";
import type { TemplateBook } from "./templates";
import { type LockedWallet, saveWallets } from "./wallet";

export interface WalletEffects {
  wallet: LockedWallet;
  effects: Effects;
}

/**
 * Writes what postings did: the wallets they moved, and beyond them days that ended, accruals and template use on
 * their way to their beneficiaries, draws now due. Set-based, all sent before the first is awaited.
 */
export async function writeEffects(
  raw: TransactionSql,
  changed: readonly WalletEffects[],
  { templates, at }: { templates: TemplateBook; at: Date },
): Promise<void> {
  const ended = changed.flatMap(turnDays);
  const wallets = changed.map(({ wallet }) => wallet);
  await Promise.all([
    saveWallets(raw, wallets, at),
    writeDays(raw, ended),
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
    const { id, bucket, held } = reward;
    const input = { id, bucket, held, number, credit, debt };
    await append(raw, wallet, isGiven ? postings.rewardGiven(input) : postings.rewardTaken(input), { seq, at });
    await writeMove(raw, account, { id, bucket, isGiven, number, seq, credit }, at);
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

/**
 * Reaching the trigger makes the account's own draw due, and its referrer's where the pair may have one. Both ids
 * were fixed at sign-up, and the primary key lets each come once. Where the terms give by region, the beneficiary's is
 * fixed here.
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
    `insert into draws (lane, id, kind, trigger_id, beneficiary_lane, beneficiary_id, program, terms_id, state, due_at,
                        region)
     select u.*, 'due', $9::timestamptz, case t.parameters -> 'bonus' ->> 'kind' when 'fixed' then a.region end
       from unnest($1::smallint[], $2::uuid[], $3::text[], $4::uuid[], $5::smallint[], $6::uuid[], $7::text[], $8::int[])
              as u (lane, id, kind, trigger_id, beneficiary_lane, beneficiary_id, program, terms_id)
       join terms t on t.id = u.terms_id
       join accounts a on a.lane = u.beneficiary_lane and a.id = u.beneficiary_id`,
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
