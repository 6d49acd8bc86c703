/** What the usage screen shows, as its address says it. */
export interface UsageView {
  period: UsagePeriod;
  by: UsageBy;
  filters: UsageFilters;
}

/** Whole UTC days up to today; from one day to another, both included; or one UTC hour. */
export type UsagePeriod =
  | { kind: "days"; days: number }
  | { kind: "range"; from: string; to: string }
  /** `2026-11-21T10` */
  | { kind: "hour"; hour: string };

export const usagePeriods = [
  { days: 1, label: "Today" },
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

/** Usage of these names alone; an empty one stands for usage that names none. */
export type UsageFilters = Readonly<Partial<Record<UsageBy, string>>>;

const DAYS_DEFAULT = 30;
const NAME_MAX = 256;
const DAY = /^\d{4}-\d\d-\d\d$/;
const HOUR = /^\d{4}-\d\d-\d\dT\d\d$/;

export type Search = Readonly<Record<string, string | string[] | undefined>>;

const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

/** Whether it is a date of the calendar, and written as one. */
const isInstant = (iso: string): boolean =>
  !Number.isNaN(Date.parse(iso)) && new Date(iso).toISOString().startsWith(iso.slice(0, 13));

const isDay = (text: string | undefined): text is string =>
  text !== undefined && DAY.test(text) && isInstant(`${text}T00:00:00.000Z`);

/** Reads the address; what it does not say, or says wrongly, is the default. */
export function readUsageView(search: Search): UsageView {
  const by = one(search.by);
  const filters: Partial<Record<UsageBy, string>> = {};
  for (const dimension of usageDimensions) {
    const name = one(search[dimension.by]);
    if (name !== undefined) filters[dimension.by] = name.slice(0, NAME_MAX);
  }
  return {
    period: readPeriod(search),
    by: usageDimensions.find((each) => each.by === by)?.by ?? "service",
    filters,
  };
}

function readPeriod(search: Search): UsagePeriod {
  const [days, from, to, hour] = [one(search.days), one(search.from), one(search.to), one(search.hour)];
  if (hour !== undefined && HOUR.test(hour) && isInstant(`${hour}:00:00.000Z`)) return { kind: "hour", hour };
  if (isDay(from) && isDay(to) && from <= to) return { kind: "range", from, to };
  return { kind: "days", days: usagePeriods.find((each) => String(each.days) === days)?.days ?? DAYS_DEFAULT };
}

/** The address of a view, and of a place in its list of events. */
export function usageHref(
  { period, by, filters }: UsageView,
  path = "/usage",
  more: Readonly<Record<string, string>> = {},
): string {
  const { kind, ...of } = period;
  const when = Object.entries(of).map(([name, value]) => [name, String(value)]);
  return `${path}?${new URLSearchParams([...when, ["by", by], ...Object.entries(filters), ...Object.entries(more)])}`;
}

/** The same view of one name alone, and without that. */
export const withName = (view: UsageView, by: UsageBy, name: string): UsageView => ({
  ...view,
  by,
  filters: { ...view.filters, [by]: name },
});

export function withoutName(view: UsageView, by: UsageBy): UsageView {
  const { [by]: _, ...filters } = view.filters;
  return { ...view, filters };
}

/** What usage without a name is called. */
export const usageName = (by: UsageBy, name: string): string =>
  name === "" ? (usageDimensions.find((each) => each.by === by)?.none ?? "no name") : name;
