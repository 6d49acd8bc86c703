import { randomUUID } from "node:crypto";
import { z } from "zod";
import { openAccount } from "@/lib/services/accounts/open-account";
import type { ApiHarness } from "./api-harness";
import { charge, usageEvent } from "./usage-events";

const Reviews = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(["bonus", "pair"]),
      subject: z.string(),
      account: z.string(),
      beneficiary: z.string(),
      other: z.string().nullable(),
      reason: z.string(),
      sentence: z.string(),
      state: z.enum(["open", "released", "refused"]),
      decidedBy: z.string().nullable(),
      decisionReason: z.string().nullable(),
      amounts: z.object({
        bonusMost: z.string().nullable(),
        commissionAccrued: z.string().nullable(),
        commissionHeld: z.string().nullable(),
      }),
    }),
  ),
  next: z.string().nullable(),
});
export type ShownReview = z.infer<typeof Reviews>["data"][number];

let count = 0;

/** What tests of holds do over and over, through the API where it can be done there. */
export function reviewSteps(api: ApiHarness) {
  const open = async (externalId: string, more: Record<string, unknown> = {}) => {
    await api.make("/api/v1/accounts", { externalId, email: `${externalId}@example.com`, ...more });
  };
  const codeOf = async (name: string) => (await api.account(name)).referralCode;
  const listed = async (query = "") => Reviews.parse((await api.call("GET", `/api/v1/reviews${query}`)).body).data;
  return {
    open,
    /** An account that follows `referrer`'s link. */
    openReferred: async (externalId: string, referrer: string, more: Record<string, unknown> = {}) =>
      open(externalId, { referralCode: await codeOf(referrer), ...more }),
    /** A person who signs in with a browser, through a link or not. @returns the account's name. */
    signUp: async (email: string, referralCode?: string): Promise<string> => {
      const request = { userId: randomUUID(), email, emailVerified: true, ...(referralCode ? { referralCode } : {}) };
      const opened = await openAccount({ db: api.db, clock: () => api.clock.now }, request);
      if (!opened.ok) throw new Error(opened.problem.detail);
      return opened.value.externalId;
    },
    codeOf,
    /** @param instrument what paid, when that matters */
    deposit: async (account: string, amount: string, instrument?: string) => {
      const reference = `deposit.${count++}`;
      await api.make(`/api/v1/accounts/${account}/deposits`, {
        reference,
        amount,
        method: "card",
        ...(instrument ? { instrument } : {}),
      });
      return reference;
    },
    /** Usage at the clock's present instant. */
    spend: async (account: string, amount: string, more: Record<string, unknown> = {}) => {
      const event = charge(account, amount, more);
      const { accepted } = await api.send([usageEvent({ ...event, time: api.clock.now.toISOString() })]);
      if (accepted !== 1) throw new Error(`The usage of ${account} was not accepted`);
    },
    listed,
    /** The open reviews about an account. */
    openOn: async (account: string): Promise<ShownReview[]> =>
      (await listed("?state=open&limit=1000")).filter((review) => review.account === account),
    decide: async (id: string, release: boolean, reason = "looked at") =>
      api.call("POST", `/api/v1/reviews/${id}/decision`, { body: { release, reason } }),
    bonusOf: async (account: string) => (await api.account(account)).bonus,
    commissionOf: async (account: string) => (await api.account(account)).earnings.commission,
    /** The states of the draws that came of an account's spend: its own, then its referrer's. */
    drawsOf: async (account: string): Promise<string[]> => {
      const rows = await api.owner<{ state: string }[]>`
        select d.state from draws d join account_names n on n.account_id = d.trigger_id
         where n.name = ${account} order by d.kind`;
      return rows.map(({ state }) => state);
    },
  };
}
