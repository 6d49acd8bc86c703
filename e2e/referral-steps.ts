import type { Page } from "@playwright/test";

/** How many came as far as a stage. */
export const stage = (page: Page, label: string) =>
  page
    .getByRole("listitem")
    .filter({ hasText: new RegExp(`^${label}`) })
    .getByRole("paragraph")
    .nth(1);
