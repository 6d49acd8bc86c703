/**
 * Requests a minute, by who asks for what: a key of the platform by the scope its calls need, all own keys of a customer, and
 * one address on what is public. Far above what anybody needs; they keep one client's fault from being everybody's.
 */
export const defaultLimits = {
  /** Usage events and authorizations: requests, not events. */
  ingest: 3_000_000,
  read: 300_000,
  admin: 300_000,
  customer: 600,
  /** Looking at draws, by address. */
  public: 30_000,
  /** Following referral links, by address. */
  follow: 3_000,
  /** Choosing a code of one's own, by account. */
  code: 20,
  /** Pictures of links, by address. */
  preview: 60,
} as const;

export type Policy = keyof typeof defaultLimits;

/** Requests a minute for each policy; null for no limit. */
export type Limits = Readonly<Record<Policy, number | null>>;

const isPolicy = (name: string): name is Policy => Object.hasOwn(defaultLimits, name);
const count = /^[1-9][0-9]{0,11}$/;

/**
 * Reads RATE_LIMITS: `off`, or what differs from the defaults, such as `ingest=60000,public=off`.
 * @throws Error that says what is wrong and what may be written.
 */
export function parseLimits(text: string): Limits {
  const limits: Record<Policy, number | null> = { ...defaultLimits };
  if (text.trim() === "") return limits;
  if (text.trim() === "off") return noLimits;
  for (const part of text.split(",")) {
    const [name = "", most = ""] = part.split("=").map((each) => each.trim());
    if (!isPolicy(name) || !(most === "off" || count.test(most))) {
      const names = Object.keys(defaultLimits).join(", ");
      throw new Error(
        `RATE_LIMITS: "${part.trim()}" is not a limit. Write requests a minute such as ingest=60000 or ingest=off, for ${names}; or off alone for none`,
      );
    }
    limits[name] = most === "off" ? null : Number(most);
  }
  return limits;
}

export const noLimits: Limits = {
  ingest: null,
  read: null,
  admin: null,
  customer: null,
  public: null,
  follow: null,
  code: null,
  preview: null,
};
