import { rawOf } from "@/db/client";
import type { Context } from "@/lib/services/context";
import { sendMail } from "@/lib/services/mail/send-mail";
import { nextAttempt } from "@/lib/services/webhooks/schedule";
import { readTold } from "./kinds";
import { notificationMail } from "./notification-mail";

/** Mails handed over at once. */
const TOGETHER = 8;
/** Longer than handing one over can take: a worker that died is waited for this long. */
const CLAIM_MS = 60_000;

interface Claimed {
  lane: number;
  account_id: string;
  id: string;
  kind: string;
  facts: string;
  mail_tries: number;
  email: string | null;
}

/** Where the product is, and what its links are sealed by. */
export interface MailSetting {
  origin: string;
  secret: string;
}

/**
 * Hands over every mail that is due, each by one worker at a time. At least once: what was sent by a worker that died
 * before it wrote so is sent again, under the same message id. What the mail server does not take is tried again for
 * three days. Whoever chose otherwise meanwhile, or closed the account, is sent nothing.
 * @returns how many were handed over
 */
export async function mailOut(ctx: Context, setting: MailSetting): Promise<number> {
  let sent = 0;
  for (;;) {
    const claimed = await claim(ctx);
    if (claimed.length === 0) return sent;
    const outcomes = await Promise.all(claimed.map((mail) => handOver(ctx, mail, setting)));
    sent += outcomes.filter((outcome) => outcome === "sent").length;
  }
}

function claim(ctx: Context): Promise<Claimed[]> {
  const now = ctx.clock();
  return ctx.db.transaction(
    (tx) => rawOf(tx)<Claimed[]>`
      with due as (
        select lane, account_id, id from notifications
         where mail = 'waiting' and (mail_next_at is null or mail_next_at <= ${now.toISOString()})
           and (mail_claimed_until is null or mail_claimed_until <= ${now.toISOString()})
         order by mail_next_at nulls first, at limit ${TOGETHER} for update skip locked)
      update notifications n
         set mail_tries = n.mail_tries + 1, mail_claimed_until = ${new Date(now.getTime() + CLAIM_MS).toISOString()}
        from due
       where n.lane = due.lane and n.account_id = due.account_id and n.id = due.id
      returning n.lane, n.account_id, n.id, n.kind, n.facts::text as facts, n.mail_tries,
                (select a.email from accounts a
                  where a.lane = n.lane and a.id = n.account_id and a.email_verified and a.status <> 'closed'
                    and not exists (select from notification_choices c
                                     where c.lane = a.lane and c.account_id = a.id and not c.mailed
                                       and c.topic = split_part(n.kind, '.', 1))) as email`,
  );
}

type Outcome = "none" | "sent" | "waiting" | "failed";

async function handOver(ctx: Context, mail: Claimed, setting: MailSetting): Promise<Outcome> {
  const told = readTold(mail.kind, JSON.parse(mail.facts));
  if (told === null || mail.email === null) return write(ctx, mail, "none", null);
  const account = { lane: mail.lane, id: mail.account_id };
  const handed = await sendMail(ctx, notificationMail({ id: mail.id, to: mail.email, account, told, ...setting }));
  if (handed.ok) return write(ctx, mail, "sent", null);
  const next = nextAttempt(mail.mail_tries, ctx.clock());
  return write(ctx, mail, next === null ? "failed" : "waiting", next);
}

/** An attempt that outlived its claim leaves what to do next to the one that took over. */
async function write(ctx: Context, mail: Claimed, outcome: Outcome, next: Date | null): Promise<Outcome> {
  await ctx.db.$client`
    update notifications set mail = ${outcome}, mail_next_at = ${next?.toISOString() ?? null}, mail_claimed_until = null
     where lane = ${mail.lane} and account_id = ${mail.account_id} and id = ${mail.id} and mail_tries = ${mail.mail_tries}`;
  return outcome;
}
