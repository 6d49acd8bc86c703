/** The numbers of the programs, written down a second time. Imports nothing, on purpose. */

export type ServiceName = "pod" | "serverless" | "storage";
const serviceNames: readonly ServiceName[] = ["pod", "serverless", "storage"];

export const DAY_MS = 86_400_000;
export type CommissionProgram = "referral" | "referral-beta";
export const commissionPrograms: readonly CommissionProgram[] = ["referral", "referral-beta"];

export const least = (a: bigint, b: bigint) => (a < b ? a : b);
export const atLeastZero = (a: bigint) => (a > 0n ? a : 0n);
export const sum = (amounts: readonly bigint[]) => amounts.reduce((total, each) => total + each, 0n);

export const byService = <T>(of: (service: ServiceName) => T): Record<ServiceName, T> => ({
  pod: of("pod"),
  serverless: of("serverless"),
  storage: of("storage"),
});

export const isService = (text: string): text is ServiceName => serviceNames.some((each) => each === text);

/** The end of a window of months: the same day and time so many months on, or that month's last day. */
export function monthsAfter(ms: number, months: number): number {
  const from = new Date(ms);
  const lastDay = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months + 1, 0)).getUTCDate();
  const [year, month, day] = [from.getUTCFullYear(), from.getUTCMonth() + months, Math.min(from.getUTCDate(), lastDay)];
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
