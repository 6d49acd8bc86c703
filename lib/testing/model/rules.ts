/** The numbers of the programs, written down a second time. Imports nothing, on purpose. */

export type ServiceName = "pod" | "serverless" | "storage";
const serviceNames: readonly ServiceName[] = ["pod", "serverless", "storage"];

/** The terms that histories may be played under in smaller amounts, so that their edges are met. */
export interface ModelTerms {
  betaGate: { accounts: number; spend: bigint; reapplyMs: number };
  milestone: { trigger: bigint; amount: bigint; holdMs: number; lifeMs: number | null };
}

export const DAY_MS = 86_400_000;
export const BONUS_TRIGGER = 10_000_000_000n;
export const TEMPLATE_GATE_MS = 86_400_000n;
export const CLAIM_MS = 30 * DAY_MS;
export const ROYALTY_RATE = 100n;
export const commissionRates = {
  referral: { pod: 300n, serverless: 500n, storage: 0n },
  "referral-beta": { pod: 200n, serverless: 200n, storage: 200n },
} as const;
export type CommissionProgram = keyof typeof commissionRates;
export const commissionPrograms: readonly CommissionProgram[] = ["referral", "referral-beta"];

/** As published. */
export const publishedTerms: ModelTerms = {
  betaGate: { accounts: 25, spend: 500_000_000_000n, reapplyMs: 30 * DAY_MS },
  milestone: { trigger: 1_000_000_000_000n, amount: 500_000_000_000n, holdMs: 0, lifeMs: null },
};

export const least = (a: bigint, b: bigint) => (a < b ? a : b);
export const atLeastZero = (a: bigint) => (a > 0n ? a : 0n);
export const sum = (amounts: readonly bigint[]) => amounts.reduce((total, each) => total + each, 0n);

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

export function normalised(email: string): string {
  const [local = "", domain = ""] = email.toLowerCase().split("@");
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
