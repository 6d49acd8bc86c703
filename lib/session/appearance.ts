import "server-only";
import { cookies } from "next/headers";
import { appearanceCookieName, cookieAttributes } from "./cookie-names";
import { isHttps, publicOrigin } from "./public-origin";

export const appearances = ["system", "light", "dark"] as const;
export type Appearance = (typeof appearances)[number];

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** How this browser wants the pages to look; as the system does, until it was chosen. Known before the page is made. */
export async function chosenAppearance(): Promise<Appearance> {
  const kept = (await cookies()).get(appearanceCookieName(isHttps(publicOrigin())))?.value;
  return appearances.find((each) => each === kept) ?? "system";
}

export async function keepAppearance(appearance: Appearance): Promise<void> {
  const https = isHttps(publicOrigin());
  (await cookies()).set(appearanceCookieName(https), appearance, cookieAttributes(https, YEAR_SECONDS));
}
