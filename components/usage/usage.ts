/** Usage of one name, as it crosses to the screen. Amounts are decimal dollars. */
export interface NamedUsage {
  name: string;
  events: number;
  durationMs: string;
  charged: string;
  before: string;
  parts: { promo: string; earned: string; market: string; paid: string };
}

/** One metered interval, as it crosses to the screen. */
export interface UsedInterval {
  seq: string;
  endedAt: string;
  service: string;
  sku: string | null;
  resource: string | null;
  template: string | null;
  durationMs: string;
  quantity: string;
  charged: string;
  parts: NamedUsage["parts"];
}
