import type { TransactionSql } from "postgres";
import { type Accrual, floorToNanos } from "@/lib/money/accrual";
import { minNanos, type Nanos, ZERO } from "@/lib/money/nanos";
import { limitCommission, versionOfPart } from "./commission-part";
import { type Earning, freshEarning, keyOf } from "./earning";
import { joinParts, readHeldParts } from "./held-parts";
import { post } from "./post";
import * as postings from "./postings";
import { isRoyalty } from "./postings";
import { arrayLiteral } from "./sql-arrays";
import { takeOwed } from "./take-owed";
import type { TermsBook } from "./terms-book";
import { type AccountRef, type LockedWallet, lockWallets, saveWallets } from "./wallet";

interface EarningRow {
  account_id: string;
  program: string;
  template: string;
  accrued: string;
  pending: Nanos | string;
  released: string;
  sweeps: number;
}

/**
 * Gathers what sources have handed over to these beneficiaries, floors each program's (royalty: each template's)
 * total to whole nano-dollars, and posts the difference to what was posted before. The remainder stays accrued, so
 * that afterwards pending + released = floor(accrued). What a held pair accrues is a part of its own; see `joinParts`.
 * Where terms limit commission, no more is posted than they give; see `limitCommission`.
 */
export async function sweepBeneficiaries(
  raw: TransactionSql,
  accounts: readonly AccountRef[],
  { book, at }: { book: TermsBook; at: Date },
): Promise<void> {
  const wallets = await lockWallets(raw, book, accounts);
  const earnings = await readEarnings(raw, accounts);
  for (const owed of await takeOwed(raw, accounts, { book, at })) {
    const account = wallets.get(owed.account_id)?.account;
    if (!account) throw new Error(`Beneficiary ${owed.account_id} has no wallet`);
    const key = keyOf(owed);
    const earning = earnings.get(key) ?? freshEarning(account, owed);
    earning.accrued += BigInt(owed.accrual);
    earnings.set(key, earning);
  }
  const held = await readHeldParts(raw, book, earnings);
  joinParts(book, earnings, held);
  limitCommission(book, earnings.values(), held);
  await readGates(raw, [...earnings.values()]);
  for (const earning of earnings.values()) {
    const wallet = wallets.get(earning.account.id);
    if (wallet) await postEarning(raw, wallet, earning, at);
  }
  await saveEarnings(raw, [...earnings.values()]);
  await saveWallets(raw, [...wallets.values()], at);
}

async function readEarnings(raw: TransactionSql, accounts: readonly AccountRef[]): Promise<Map<string, Earning>> {
  const rows = await raw<(EarningRow & { lane: number })[]>`
    select e.* from earnings e
      join unnest(${arrayLiteral(accounts.map(({ lane }) => lane))}::smallint[],
                  ${arrayLiteral(accounts.map(({ id }) => id))}::uuid[]) as u (lane, account_id)
        on u.lane = e.lane and u.account_id = e.account_id`;
  return new Map(
    rows.map((row) => [
      keyOf(row),
      {
        account: { lane: row.lane, id: row.account_id },
        program: row.program,
        template: row.template,
        accrued: BigInt(row.accrued),
        most: null,
        pending: BigInt(row.pending) as Nanos,
        released: BigInt(row.released) as Nanos,
        sweeps: row.sweeps,
        gateOpen: false,
      },
    ]),
  );
}

/**
 * Royalties wait for their template's gate, commission under the beta terms for an operator's acceptance; commission
 * under the current terms waits for nothing; a held pair's for its release.
 */
async function readGates(raw: TransactionSql, earnings: readonly Earning[]): Promise<void> {
  const names = [...new Set(earnings.flatMap((each) => (isRoyalty(each) ? each.template : [])))];
  const met =
    names.length === 0
      ? []
      : await raw<{ external_id: string }[]>`
          select external_id from templates where external_id in ${raw(names)} and gate_met_at is not null`;
  const gated = [
    ...new Set(earnings.flatMap(({ program, account }) => (program === "referral-beta" ? account.id : []))),
  ];
  const accepted =
    gated.length === 0
      ? []
      : await raw<{ account_id: string }[]>`
          select account_id from applications
           where account_id in ${raw(gated)} and program = 'referral-beta' and state = 'accepted'`;
  const open = new Set([...met.map(({ external_id }) => external_id), ...accepted.map(({ account_id }) => account_id)]);
  for (const earning of earnings) {
    const { program, template, account } = earning;
    if (isRoyalty(earning)) earning.gateOpen = open.has(template);
    else
      earning.gateOpen =
        (template === "" || versionOfPart(template) !== null) && (program !== "referral-beta" || open.has(account.id));
  }
}

async function postEarning(raw: TransactionSql, wallet: LockedWallet, earning: Earning, at: Date): Promise<void> {
  const accrued = earning.accrued as Accrual;
  const floored = floorToNanos(accrued);
  const whole = earning.most === null ? floored : minNanos(floored, earning.most);
  const before = (earning.pending + earning.released) as Nanos;
  const gained = (whole - before) as Nanos;
  const released = earning.gateOpen ? earning.pending : ZERO;
  if (gained === 0n && released === 0n) return;
  earning.sweeps += 1;
  const { program, template, gateOpen, most } = earning;
  const sums = { accrued, before, gained, released };
  const input = { program, template, number: earning.sweeps, ...sums, most, gateOpen, ...debtAndEarned(wallet) };
  await post(raw, wallet, postings.sweep(wallet.account.id, input), at);
  earning.pending = (gateOpen ? ZERO : earning.pending + gained) as Nanos;
  earning.released = (gateOpen ? whole : earning.released) as Nanos;
}

const debtAndEarned = ({ state }: LockedWallet) => ({ debt: state.debt, earned: state.earned });

async function saveEarnings(raw: TransactionSql, earnings: readonly Earning[]): Promise<void> {
  if (earnings.length === 0) return;
  await raw`
    insert into earnings as e (lane, account_id, program, template, accrued, pending, released, sweeps)
    select * from unnest(
      ${arrayLiteral(earnings.map(({ account }) => account.lane))}::smallint[],
      ${arrayLiteral(earnings.map(({ account }) => account.id))}::uuid[],
      ${arrayLiteral(earnings.map(({ program }) => program))}::text[],
      ${earnings.map(({ template }) => template)}::text[],
      ${arrayLiteral(earnings.map(({ accrued }) => accrued))}::numeric[],
      ${arrayLiteral(earnings.map(({ pending }) => pending))}::bigint[],
      ${arrayLiteral(earnings.map(({ released }) => released))}::bigint[],
      ${arrayLiteral(earnings.map(({ sweeps }) => sweeps))}::int[])
    on conflict (lane, account_id, program, template) do update
       set accrued = excluded.accrued, pending = excluded.pending, released = excluded.released,
           sweeps = excluded.sweeps`;
}
