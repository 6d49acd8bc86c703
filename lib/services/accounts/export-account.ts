import type { Db } from "@/db/client";
import type { AccountRef } from "@/lib/ledger/wallet";

/** Postings and events of an account are numbered without gaps: so many numbers are read at once. */
const NUMBERS_AT_ONCE = 1_000n;

/** What is kept about an account beside its books: each part a query, amounts in exact decimal dollars. */
const parts: Readonly<Record<string, string>> = {
  account: `
    select external_id, name, email, email_verified, region, status, signed_up_at, created_at, updated_at, referral_code,
           first_name_shown, api_amount(spend_day_max) as spend_day_max, api_amount(spend_month_max) as spend_month_max
      from accounts where lane = $1 and id = $2`,
  person: `
    select u.name, u.email, u.email_verified from account_owners o join users u on u.id = o.user_id
     where o.lane = $1 and o.account_id = $2`,
  sign_ins: `
    select s.provider, s.provider_account_id from account_owners o join sign_ins s on s.user_id = o.user_id
     where o.lane = $1 and o.account_id = $2`,
  sessions: `
    select s.browser, s.expires from account_owners o join sessions s on s.user_id = o.user_id
     where o.lane = $1 and o.account_id = $2`,
  names: `select name from account_names where lane = $1 and account_id = $2`,
  referral_codes: `select code from referral_codes where lane = $1 and account_id = $2`,
  keys: `select name, scopes, tail, created_at, revoked_at from api_keys where lane = $1 and account_id = $2`,
  wallet: `
    select api_amount(promo) as promo, api_amount(promo_held) as promo_held, api_amount(earned) as earned,
           api_amount(market) as market, api_amount(greatest(paid_net, 0)) as paid,
           api_amount(greatest(-paid_net, 0)) as arrears, api_amount(debt) as debt, api_amount(reserved) as reserved,
           api_amount(deposited) as deposited
      from wallets where lane = $1 and account_id = $2`,
  deposits: `
    select reference, api_amount(amount) as amount, method, instrument, occurred_at, recorded_at
      from deposits where lane = $1 and account_id = $2 order by seq`,
  reversals: `
    select reference, deposit_reference, api_amount(amount) as amount, reason, recorded_at
      from reversals where lane = $1 and account_id = $2 order by seq`,
  grants: `
    select reference, bucket, api_amount(amount) as amount, reason, expires_at, recorded_at
      from grants where lane = $1 and account_id = $2 order by seq`,
  cards: `
    select brand, last4, expiry_month, expiry_year, instrument, saved_at, removed_at
      from cards where lane = $1 and account_id = $2`,
  checkouts: `
    select id, api_amount(amount) as amount, status, created_at from checkouts
     where lane = $1 and account_id = $2 order by created_at`,
  enrolment: `
    select e.program, t.version, e.not_eligible, e.created_at from enrolments e join terms t on t.id = e.terms_id
     where e.lane = $1 and e.account_id = $2`,
  referred_by: `
    select r.id, r.program, t.version, r.window_start, r.window_end, r.void_reason, r.hold
      from referrals r join terms t on t.id = r.terms_id where r.lane = $1 and r.referred_id = $2`,
  referrals: `
    select r.id, r.program, t.version, r.window_start, r.window_end, r.void_reason, r.hold
      from referrals r join terms t on t.id = r.terms_id where r.referrer_lane = $1 and r.referrer_id = $2`,
  draws: `
    select id, kind, program, state, held_reason, due_at, bound_at, round, drawn_at, randomness,
           api_amount(amount) as amount
      from draws where beneficiary_lane = $1 and beneficiary_id = $2 order by due_at`,
  earnings: `
    select program, template, api_amount(pending) as pending, api_amount(released) as released
      from earnings where lane = $1 and account_id = $2`,
  applications: `
    select reference, program, state, submitted_at, decided_at, reason from applications
     where lane = $1 and account_id = $2`,
  reviews: `
    select kind, reason, state, opened_at, decided_at, decision_reason from reviews
     where lane = $1 and account_id = $2`,
  templates: `
    select external_id, name, created_at, registered_at, gate_met_at from templates
     where creator_lane = $1 and creator_id = $2`,
  authorizations: `
    select reference, sku, state, opened_at, expires_at, ended_at from authorizations
     where lane = $1 and account_id = $2 order by opened_at`,
  visits: `select seen_at, before_at from account_visits where lane = $1 and account_id = $2`,
  notifications: `
    select kind, at, facts, read_at, mail from notifications where lane = $1 and account_id = $2 order by at, id`,
  questions: `
    select asked_at, subject, message, context, state, answer, answered_at from support_requests
     where lane = $1 and account_id = $2 order by asked_at`,
  notification_choices: `
    select topic, listed, mailed from notification_choices where lane = $1 and account_id = $2`,
};

const entries = `
  select seq::text as seq, at, kind, cause, code, direction, api_amount(amount) as amount, explains
    from ledger_entries where lane = $1 and account_id = $2 and seq > $3::bigint and seq <= $4::bigint order by seq, no`;

/**
 * Everything that is kept about an account, as the text of one JSON object, some at a time: however long the books are,
 * so many of their numbers are read at once. No connection is held between two pieces.
 */
export async function* exportAccount(db: Db, { lane, id }: AccountRef): AsyncGenerator<string> {
  yield "{";
  for (const [name, query] of Object.entries(parts)) {
    const rows = await db.$client.unsafe(query, [lane, id]);
    yield `${JSON.stringify(name)}: ${JSON.stringify(rows, null, 1)},\n`;
  }
  const [wallet] = await db.$client<{ seq: string }[]>`
    select seq from wallets where lane = ${lane} and account_id = ${id}`;
  const last = BigInt(wallet?.seq ?? 0);
  let before = "";
  yield '"entries": [';
  for (let from = 0n; from < last; from += NUMBERS_AT_ONCE) {
    const until = from + NUMBERS_AT_ONCE < last ? from + NUMBERS_AT_ONCE : last;
    const rows = await db.$client.unsafe(entries, [lane, id, String(from), String(until)]);
    for (const row of rows) {
      yield `${before}\n${JSON.stringify(row)}`;
      before = ",";
    }
  }
  yield "\n]}\n";
}
