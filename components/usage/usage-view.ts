/** What the usage screen shows, as its address says it. */
export interface UsageView {
  /** UTC days up to today. */
  days: number;
  by: UsageBy;
  /** One service, sku, resource or template; empty for usage that names none; null for all of them. */
  name: string | null;
}

export const usagePeriods = [
  { days: 7, label: "7 days" },
  { days: 30, label: "30 days" },
  { days: 90, label: "90 days" },
  { days: 365, label: "A year" },
] as const;

export const usageDimensions = [
  { by: "service", label: "Service", none: "no service" },
  { by: "sku", label: "SKU", none: "no sku" },
  { by: "resource", label: "Resource", none: "no resource" },
  { by: "template", label: "Template", none: "no template" },
] as const;
export type UsageBy = (typeof usageDimensions)[number]["by"];

const DAYS_DEFAULT = 30;
const NAME_MAX = 256;

type Search = Readonly<Record<string, string | string[] | undefined>>;

const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

/** Reads the address; what it does not say, or says wrongly, is the default. */
export function readUsageView(search: Search): UsageView {
  const [days, by, name] = [one(search.days), one(search.by), one(search.name)];
  return {
    days: usagePeriods.find((each) => String(each.days) === days)?.days ?? DAYS_DEFAULT,
    by: usageDimensions.find((each) => each.by === by)?.by ?? "service",
    name: name === undefined ? null : name.slice(0, NAME_MAX),
  };
}

/** The address of a view, and of a place in its list of events. */
export function usageHref({ days, by, name }: UsageView, path = "/usage", more: Record<string, string> = {}): string {
  const query = new URLSearchParams({ days: String(days), by, ...(name === null ? {} : { name }), ...more });
  return `${path}?${query}`;
}

/** What usage without a name is called. */
export const usageName = (by: UsageBy, name: string): string =>
  name === "" ? (usageDimensions.find((each) => each.by === by)?.none ?? "no name") : name;
