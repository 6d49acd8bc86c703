import { expect, type Page } from "@playwright/test";
import { z } from "zod";

export interface Person {
  name: string;
  email: string;
}

/** Somebody no earlier test has met. */
export function newcomer(name = "Ada"): Person {
  const mark = `${Date.now().toString(36)}${Math.floor(Math.random() * 1e6).toString(36)}`;
  return { name, email: `${name.toLowerCase()}.${mark}@example.com` };
}

export type Provider = "Google" | "GitHub";

/** From the sign-in page through the provider's, where anyone may be typed. */
export async function goThrough(
  page: Page,
  provider: Provider,
  { name, email, verified = true }: Person & { verified?: boolean },
): Promise<void> {
  await page.getByRole("button", { name: `Continue with ${provider}` }).click();
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("E-mail", { exact: true }).fill(email);
  await page.getByRole("checkbox").setChecked(verified);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
}

/** Opens an account, or comes back to it, and ends at the dashboard. */
export async function signInWith(page: Page, provider: Provider, person: Person): Promise<void> {
  await page.goto("/sign-in");
  await goThrough(page, provider, person);
  await page.waitForURL("**/dashboard");
}

/** From a page for strangers, by the link that leads to signing up there, to the dashboard. */
export async function signUp(page: Page, link: string, person: Person): Promise<void> {
  await page.getByRole("main").getByRole("link", { name: link, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await goThrough(page, "Google", person);
  await page.waitForURL("**/dashboard");
}

export async function askForLink(page: Page, email: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "E-mail me a link" }).click();
}

const Inbox = z.array(z.object({ subject: z.string(), links: z.array(z.url()) }));

/** The demo's inbox is beside the product, three ports on, unless INBOX_URL says where. */
export function inboxUrl(baseUrl: string): string {
  const { protocol, port } = new URL(baseUrl);
  return process.env.INBOX_URL ?? `${protocol}//127.0.0.1:${Number(port || 80) + 3}`;
}

/** The links to sign in by that were mailed to an address so far, newest first. */
export async function linksFor(page: Page, email: string): Promise<string[]> {
  const address = `${inboxUrl(new URL(page.url()).origin)}/messages?to=${encodeURIComponent(email)}`;
  const messages = Inbox.parse(await (await page.request.get(address)).json());
  return messages.filter(({ subject }) => subject === "Sign in to Tenspot").flatMap(({ links }) => links[0] ?? []);
}

/** The newest link mailed to an address, once there are `count`. */
export async function newestLink(page: Page, email: string, count = 1): Promise<string> {
  await expect.poll(async () => (await linksFor(page, email)).length).toBe(count);
  const [link] = await linksFor(page, email);
  if (link === undefined) throw new Error(`no link was mailed to ${email}`);
  return link;
}

/** From a browser of one's own, ends the session of the only other one. */
export async function signOutTheOther(page: Page): Promise<void> {
  await page.goto("/settings");
  const list = page.getByRole("list", { name: "Where you are signed in, the latest first" });
  await expect(list.getByRole("listitem")).toHaveCount(2);
  await list.getByRole("button", { name: "Sign out the browser" }).click();
  await expect(page.getByText("One browser is signed out.")).toBeVisible();
  await expect(list.getByRole("listitem")).toHaveCount(1);
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL((url) => url.pathname === "/");
}
