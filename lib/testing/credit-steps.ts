import { z } from "zod";
import type { ApiHarness } from "./api-harness";
import { charge } from "./usage-events";

const HOUR_MS = 3_600_000;

/** What happens to credit that does not last, in words of its own. */
export interface CreditSteps {
  /** Lets time pass, without anything being settled. */
  pass(hours: number): void;
  /** Gives credit that expires in so many hours, or never. */
  grant(account: string, amount: string, hours: number | null, bucket?: "promo" | "earned"): Promise<void>;
  /** Usage that costs so much, now. @returns the event, to take it back. */
  spend(account: string, amount: string): Promise<ReturnType<typeof charge>>;
  /** Takes an event back, now. */
  takeBack(event: { subject: string; source: string; id: string }): Promise<void>;
  /** What an account has: promo, promo held, earned, debt. */
  wallet(account: string): Promise<[promo: string, promoHeld: string, earned: string, debt: string]>;
  /** Its postings of a kind: the amounts, oldest first. */
  posted(account: string, kind: string): Promise<string[]>;
}

const Entries = z.object({
  data: z.array(z.object({ kind: z.string(), amount: z.string(), direction: z.string(), cause: z.string() })),
});

export function creditSteps(api: ApiHarness): CreditSteps {
  let references = 0;
  const now = () => api.clock.now.toISOString();
  return {
    pass: (hours) => {
      api.clock.now = new Date(api.clock.now.getTime() + hours * HOUR_MS);
    },
    grant: async (account, amount, hours, bucket = "promo") => {
      references += 1;
      const expiresAt =
        hours === null ? {} : { expiresAt: new Date(api.clock.now.getTime() + hours * HOUR_MS).toISOString() };
      const body = { reference: `credit-${references}`, bucket, amount, reason: "for a test", ...expiresAt };
      await api.make(`/api/v1/accounts/${account}/grants`, body);
    },
    spend: async (account, amount) => {
      const event = { ...charge(account, amount), time: now() };
      const { accepted } = await api.send([event]);
      if (accepted !== 1) throw new Error("The usage was not accepted");
      return event;
    },
    takeBack: async ({ subject, source, id }) => {
      references += 1;
      const data = { voids: { source, id } };
      const taken = {
        specversion: "1.0",
        type: "usage.void",
        source,
        id: `void-${references}`,
        subject,
        time: now(),
        data,
      };
      const { accepted } = await api.send([taken]);
      if (accepted !== 1) throw new Error("The event was not taken back");
    },
    wallet: async (account) => {
      const { promo = "", promoHeld = "", earned = "", debt = "" } = (await api.account(account)).wallet;
      return [promo, promoHeld, earned, debt];
    },
    posted: async (account, kind) => {
      const { body } = await api.call("GET", `/api/v1/accounts/${account}/entries?limit=1000`);
      const own = Entries.parse(body).data.filter((entry) => entry.kind === kind && entry.direction === "debit");
      return own.map(({ amount }) => amount).reverse();
    },
  };
}
