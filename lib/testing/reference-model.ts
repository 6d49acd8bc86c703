/**
 * The programs written down a second time, plainly and slowly, to compare the product with. Nothing is cached: every
 * number is computed from the whole list of postings whenever it is asked for. Imports nothing, on purpose.
 */

export type ServiceName = "pod" | "serverless" | "storage";
const serviceNames: readonly ServiceName[] = ["pod", "serverless", "storage"];

export interface ModelUsage {
  /** What makes it the same event. */
  key: string;
  subject: string;
  endedAtMs: number;
  service: ServiceName;
  charge: bigint;
  durationMs: bigint;
  template: string | null;
}

interface PostedUsage extends ModelUsage {
  postedAtMs: number;
  promo: bigint;
  earned: bigint;
  paid: bigint;
}

export interface ModelAccount {
  name: string;
  email: string | null;
  signedUpAtMs: number;
  newAccount: boolean;
  referrer: string | null;
  notEligible: "not_new" | "imported" | null;
  /** Whether the pair earns its referrer anything. */
  referralStands: boolean;
  usage: PostedUsage[];
  promo: bigint;
  earned: bigint;
  /** Money less what was drawn from it; below zero is arrears. */
  paidNet: bigint;
  deposited: bigint;
  /** Draws that were posted, by their id. */
  drawn: Map<string, bigint>;
}

interface ModelTemplate {
  creator: string;
  registeredAtMs: number;
}

/** What a sweep has posted for one program (or template) of one beneficiary. */
interface Posted {
  pending: bigint;
  released: bigint;
}

const TRIGGER = 10_000_000_000n;
const GATE_MS = 86_400_000n;
const CLAIM_MS = 30 * 86_400_000;
const commissionRate: Record<ServiceName, bigint> = { pod: 300n, serverless: 500n, storage: 0n };
const ROYALTY_RATE = 100n;

const least = (a: bigint, b: bigint) => (a < b ? a : b);
const atLeastZero = (a: bigint) => (a > 0n ? a : 0n);
const sum = (amounts: readonly bigint[]) => amounts.reduce((total, each) => total + each, 0n);

export class ReferenceModel {
  readonly accounts = new Map<string, ModelAccount>();
  readonly templates = new Map<string, ModelTemplate>();
  readonly #waiting: ModelUsage[] = [];
  readonly #keys = new Set<string>();
  readonly #swept = new Map<string, Posted>();

  open(
    account: Pick<ModelAccount, "name" | "email" | "signedUpAtMs" | "newAccount" | "referrer">,
    nowMs: number,
  ): void {
    const known = [...this.accounts.values()].map(({ email }) => normalised(email));
    const isNew = account.email === null || !known.includes(normalised(account.email));
    this.accounts.set(account.name, {
      ...account,
      notEligible: account.newAccount ? (isNew ? null : "not_new") : "imported",
      referralStands: account.referrer !== null && (isNew || !account.newAccount) && !this.#isSelf(account),
      usage: [],
      promo: 0n,
      earned: 0n,
      paidNet: 0n,
      deposited: 0n,
      drawn: new Map(),
    });
    for (const waiting of this.#waiting.filter(({ subject }) => subject === account.name)) this.#post(waiting, nowMs);
  }

  #isSelf({ email, referrer }: Pick<ModelAccount, "email" | "referrer">): boolean {
    const other = referrer === null ? null : this.account(referrer).email;
    return email !== null && other !== null && normalised(email) === normalised(other);
  }

  account(name: string): ModelAccount {
    const found = this.accounts.get(name);
    if (!found) throw new Error(`The model has no account ${name}`);
    return found;
  }

  /** @returns what the API should say of it. */
  use(usage: ModelUsage, nowMs: number): "accepted" | "duplicate" | "quarantined" {
    if (this.#keys.has(usage.key)) return "duplicate";
    this.#keys.add(usage.key);
    if (!this.accounts.has(usage.subject)) {
      this.#waiting.push(usage);
      return "quarantined";
    }
    this.#post(usage, nowMs);
    return "accepted";
  }

  #post(usage: ModelUsage, postedAtMs: number): void {
    const account = this.account(usage.subject);
    const promo = least(usage.charge, account.promo);
    const earned = least(usage.charge - promo, account.earned);
    const paid = usage.charge - promo - earned;
    account.promo -= promo;
    account.earned -= earned;
    account.paidNet -= paid;
    account.usage.push({ ...usage, postedAtMs, promo, earned, paid });
  }

  deposit(name: string, amount: bigint): void {
    const account = this.account(name);
    account.paidNet += amount;
    account.deposited += amount;
  }

  grant(name: string, bucket: "promo" | "earned", amount: bigint): void {
    this.account(name)[bucket] += amount;
  }

  register(template: string, creator: string, nowMs: number): void {
    if (!this.templates.has(template)) this.templates.set(template, { creator, registeredAtMs: nowMs });
  }

  /** A draw's result was posted. */
  draw(beneficiary: string, drawId: string, amount: bigint): void {
    const account = this.account(beneficiary);
    if (account.drawn.has(drawId)) return;
    account.drawn.set(drawId, amount);
    account.promo += amount;
  }

  /** Money covers the draws from *paid* from the front: what is owed is uncovered, from the end. */
  covered(account: ModelAccount): bigint[] {
    let owed = atLeastZero(-account.paidNet);
    const covered: bigint[] = [];
    for (const { paid } of [...account.usage].reverse()) {
      const open = least(owed, paid);
      owed -= open;
      covered.unshift(paid - open);
    }
    if (owed !== 0n) throw new Error("The model owes more than was used");
    return covered;
  }

  paidSpend(account: ModelAccount): Record<ServiceName, bigint> {
    const covered = this.covered(account);
    return byService((service) =>
      sum(account.usage.map((use, at) => (use.service === service ? (covered[at] ?? 0n) : 0n))),
    );
  }

  reached(account: ModelAccount): boolean {
    return account.notEligible === null && sum(Object.values(this.paidSpend(account))) >= TRIGGER;
  }

  referredBy(name: string): ModelAccount[] {
    return [...this.accounts.values()].filter(({ referrer }) => referrer === name);
  }

  /** In 1e-13 dollars. */
  commission(name: string): bigint {
    return sum(
      this.referredBy(name)
        .filter(({ referralStands }) => referralStands)
        .map((account) => {
          const end = sixMonthsAfter(account.signedUpAtMs);
          const covered = this.covered(account);
          return sum(
            account.usage.map((use, at) =>
              use.endedAtMs < end ? (covered[at] ?? 0n) * commissionRate[use.service] : 0n,
            ),
          );
        }),
    );
  }

  templateTotals(name: string): { runtimeMs: bigint; users: number; spend: bigint } {
    const template = this.templates.get(name);
    const total = { runtimeMs: 0n, users: 0, spend: 0n };
    if (!template) return total;
    for (const account of this.accounts.values()) {
      const covered = this.covered(account);
      const joined = account.usage
        .map((use, at) => ({ ...use, covered: covered[at] ?? 0n }))
        .filter((use) => use.service === "pod" && use.template === name)
        .filter(({ postedAtMs }) => postedAtMs >= template.registeredAtMs - CLAIM_MS);
      total.runtimeMs += sum(joined.map(({ durationMs }) => durationMs));
      if (account.name === template.creator) continue;
      total.users += joined.length > 0 ? 1 : 0;
      total.spend += sum(joined.map((use) => use.covered));
    }
    return total;
  }

  gateMet(template: string): boolean {
    return this.templateTotals(template).runtimeMs >= GATE_MS;
  }

  /** In 1e-13 dollars. */
  royalty(template: string): bigint {
    return this.templateTotals(template).spend * ROYALTY_RATE;
  }

  /** Floors every accrual and posts what is new: to *earned*, or to pending where a gate is not met. */
  sweep(): void {
    for (const { name } of this.accounts.values())
      this.#sweepOne(`commission ${name}`, name, this.commission(name), true);
    for (const [name, { creator }] of this.templates) {
      this.#sweepOne(`royalty ${name}`, creator, this.royalty(name), this.gateMet(name));
    }
  }

  #sweepOne(source: string, beneficiary: string, accrued: bigint, open: boolean): void {
    const before = this.posted(source);
    const whole = accrued / 10_000n;
    const released = open ? whole : before.released;
    this.account(beneficiary).earned += released - before.released;
    this.#swept.set(source, { released, pending: whole - released });
  }

  /** Of `commission NAME` or `royalty TEMPLATE`, as of the last sweep. */
  posted(source: string): Posted {
    return this.#swept.get(source) ?? { pending: 0n, released: 0n };
  }
}

export const byService = <T>(of: (service: ServiceName) => T): Record<ServiceName, T> => ({
  pod: of("pod"),
  serverless: of("serverless"),
  storage: of("storage"),
});

export const isService = (text: string): text is ServiceName => serviceNames.some((each) => each === text);

/** The referral window's end: the same day and time six months on, or that month's last day. */
export function sixMonthsAfter(ms: number): number {
  const from = new Date(ms);
  const lastDay = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 7, 0)).getUTCDate();
  const [year, month, day] = [from.getUTCFullYear(), from.getUTCMonth() + 6, Math.min(from.getUTCDate(), lastDay)];
  return Date.UTC(year, month, day) + (ms - Date.UTC(from.getUTCFullYear(), from.getUTCMonth(), from.getUTCDate()));
}

function normalised(email: string | null): string {
  const [local = "", domain = ""] = (email ?? "").toLowerCase().split("@");
  const untagged = local.split("+")[0] ?? "";
  return ["gmail.com", "googlemail.com"].includes(domain)
    ? `${untagged.replaceAll(".", "")}@gmail.com`
    : `${untagged}@${domain}`;
}

/** An amount in dollars, `scale` digits after the point at most. */
export function decimal(value: bigint, scale = 9): string {
  const digits = String(value).padStart(scale + 1, "0");
  const fraction = digits.slice(-scale).replace(/0+$/, "");
  return digits.slice(0, -scale) + (fraction === "" ? "" : `.${fraction}`);
}
