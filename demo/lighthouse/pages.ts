import type { Person } from "@/demo/gallery/visit";

export const categories = ["performance", "accessibility", "best-practices", "seo"] as const;
export type Category = (typeof categories)[number];

export interface MeasuredPage {
  name: string;
  path: string;
  who: Person | null;
  /** What its median score of 100 must reach. Nobody finds a page behind the sign-in by a search. */
  least: Partial<Record<Category, number>>;
}

const least = { performance: 95, accessibility: 100, "best-practices": 100 };

export const measuredPages: readonly MeasuredPage[] = [
  { name: "landing", path: "/", who: null, least: { ...least, seo: 100 } },
  { name: "dashboard", path: "/dashboard", who: { name: "Rita Referred" }, least },
  { name: "referrals", path: "/referrals", who: { name: "Rafael Referrer" }, least },
  { name: "templates", path: "/templates", who: { name: "Tara Template" }, least },
];
