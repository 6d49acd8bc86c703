import type { MachineApi } from "@/demo/machine-api/client";
import { inParallel } from "@/demo/machine-api/parallel";
import type { NewAccount } from "@/demo/machine-api/requests";
import { cast, type Member, newcomer, templates } from "./cast";
import { DAY_MS, historyOf } from "./history";
import { rateCard } from "./rate-card";

const TOGETHER = 4;
const BATCH = 1_000;
const MINUTE_MS = 60_000;
const LINK_FOLLOWED = 9;

export interface SettleInOptions {
  api: MachineApi;
  now: () => Date;
  /** Follows somebody's referral link, as a visitor would. */
  follow: (code: string) => Promise<void>;
}

/**
 * Makes the personas and their pasts through the public API. Everything is dated from the first time it was begun, so
 * what was interrupted is continued and what is there stays as it is.
 * @returns whether anything had to be made.
 */
export async function settleIn({ api, now, follow }: SettleInOptions): Promise<boolean> {
  const arrived = await api.account(newcomer.externalId);
  if (arrived && arrived.lifetime.deposited !== "0") return false;
  const setUpAtMs = await beginning(api, now);

  const [referrer, ...others] = cast;
  if (!referrer) return false;
  const { value, isNew } = await api.openAccount(accountFor(referrer, setUpAtMs));
  const codes = new Map([[referrer.externalId, value.referralCode]]);
  if (isNew) for (let visit = 0; visit < LINK_FOLLOWED; visit += 1) await follow(value.referralCode);
  await inParallel(others, TOGETHER, (member) => api.openAccount(accountFor(member, setUpAtMs, codes)));
  await inParallel(rateCard, TOGETHER, (price) => api.setPrice(price));
  for (const { published, ...template } of templates) {
    await api.registerTemplate({ ...template, createdAt: daysBefore(setUpAtMs, published) });
  }
  await inParallel(cast, TOGETHER, (member) => payIn(api, member, setUpAtMs));
  await sendHistory(api, cast, setUpAtMs);
  await api.sweep();

  const { paidIn, ...person } = newcomer;
  const justBefore = (minutes: number) => new Date(setUpAtMs - minutes * MINUTE_MS).toISOString();
  await api.openAccount({ ...person, signedUpAt: justBefore(10) });
  const deposit = { reference: `${person.externalId}:1`, amount: paidIn, method: "card" } as const;
  await api.deposit(person.externalId, { ...deposit, occurredAt: justBefore(5) });
  return true;
}

/**
 * Makes further members with their pasts, once prices and templates are there; nobody referred them.
 */
export async function bringIn(api: MachineApi, members: readonly Member[], setUpAtMs: number): Promise<void> {
  // In their order: of two who pay by one card the bonus of the later is held.
  for (const member of members) await api.openAccount(accountFor(member, setUpAtMs));
  await inParallel(members, TOGETHER, (member) => payIn(api, member, setUpAtMs));
  await sendHistory(api, members, setUpAtMs);
  await api.sweep();
}

/** When the demo was first set up: read from the first account where that was begun before, else now. */
async function beginning(api: MachineApi, now: () => Date): Promise<number> {
  const [first] = cast;
  const known = first ? await api.account(first.externalId) : null;
  if (first && known) return Date.parse(known.signedUpAt) + first.signedUp * DAY_MS;
  return Math.floor(now().getTime() / MINUTE_MS) * MINUTE_MS;
}

const daysBefore = (setUpAtMs: number, days: number): string => new Date(setUpAtMs - days * DAY_MS).toISOString();

function accountFor(member: Member, setUpAtMs: number, codes: ReadonlyMap<string, string> = new Map()): NewAccount {
  const { externalId, name, email, region, newAccount, opening, referredBy, signedUp } = member;
  const referralCode = referredBy === undefined ? undefined : codes.get(referredBy);
  return {
    externalId,
    name,
    signedUpAt: daysBefore(setUpAtMs, signedUp),
    ...(email === undefined ? {} : { email }),
    ...(region === undefined ? {} : { region }),
    ...(newAccount === undefined ? {} : { newAccount }),
    ...(opening === undefined ? {} : { opening }),
    ...(referralCode === undefined ? {} : { referralCode }),
  };
}

async function payIn(api: MachineApi, { externalId, deposits }: Member, setUpAtMs: number): Promise<void> {
  for (const [index, { day, ...deposit }] of deposits.entries()) {
    const reference = `${externalId}:${index + 1}`;
    await api.deposit(externalId, { reference, ...deposit, occurredAt: daysBefore(setUpAtMs, day) });
  }
}

async function sendHistory(api: MachineApi, members: readonly Member[], setUpAtMs: number): Promise<void> {
  const events = historyOf(members, setUpAtMs);
  for (let start = 0; start < events.length; start += BATCH) {
    const { rejected } = await api.sendEvents(events.slice(start, start + BATCH));
    const [refused] = rejected;
    if (refused) throw new Error(`The history's event ${refused.id} was refused: ${refused.detail}`);
  }
}
