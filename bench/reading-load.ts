import postgres from "postgres";
import { v7 as timeOrderedId } from "uuid";
import type { Population } from "./population";

/** The same population, of which the first account referred half and the second made all templates. */
export function withFamous({ members, templates }: Population): Population {
  const [referrer, creator] = members;
  if (!referrer || !creator) throw new Error("A population needs accounts");
  return {
    members: members.map((member, index) =>
      index % 2 === 1 || index === 0
        ? member
        : {
            ...member,
            referral: {
              windowEnd: new Date(Date.now() + 150 * 86_400_000),
              ...member.referral,
              id: timeOrderedId(),
              referrerLane: referrer.lane,
              referrerId: referrer.id,
            },
          },
    ),
    templates: templates.map((template) => ({ ...template, creator })),
  };
}

/** Draws of the famous referrer, a day's use of every template on each of 60 days, and some that is still on its way. */
export async function addFamous(url: string, { members }: Population): Promise<void> {
  const [referrer, creator] = members;
  if (!referrer || !creator) throw new Error("A population needs accounts");
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql.begin(async (raw) => {
      await raw.unsafe(`
        set local session_replication_role = replica;
        insert into draws (lane, id, kind, trigger_id, beneficiary_lane, beneficiary_id, program, terms_id, state, due_at)
          select r.lane, r.id, 'referral', r.referred_id, r.referrer_lane, r.referrer_id, 'referral', r.terms_id, 'queued',
                 now() - random() * interval '200 days'
            from referrals r where r.referrer_id = '${referrer.id}' and r.lane < 32;
        insert into template_users (lane, template, account_id)
          select t.creator_lane, t.external_id, w.account_id
            from templates t cross join (select account_id from wallets order by account_id limit 100) w
          on conflict do nothing;
        insert into template_days (lane, template, day, runtime_ms, spend)
          select t.creator_lane, t.external_id, current_date - ago, 3600000, 1000000
            from templates t cross join generate_series(1, 60) ago
          on conflict do nothing;
        insert into accrual_outbox (lane, beneficiary_lane, beneficiary_id, program, template, accrual, day, runtime_ms, spend, users)
          select k % 64, t.creator_lane, t.creator_id, 'template-beta', t.external_id, 1000, current_date, 60000, 10,
                 array[w.account_id]
            from templates t cross join generate_series(1, 5) k
            cross join lateral (select account_id from wallets order by account_id offset k limit 1) w`);
    });
    await sql.unsafe("vacuum analyze");
  } finally {
    await sql.end();
  }
}
