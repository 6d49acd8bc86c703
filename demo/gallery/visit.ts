import type { Browser, BrowserContextOptions, Page } from "@playwright/test";

export interface Person {
  name: string;
  /** Of somebody the identity provider does not offer, and so is typed. */
  email?: string;
}

type Session = Awaited<ReturnType<ReturnType<Page["context"]>["storageState"]>>;

/** Browsers of several people at one demo; each signs in once. */
export class Visits {
  readonly #sessions = new Map<string, Session>();

  constructor(
    readonly browser: Browser,
    readonly baseURL: string,
  ) {}

  /** Does something in a page of somebody's, or of somebody signed out. */
  async as<T>(person: Person | null, options: BrowserContextOptions, act: (page: Page) => Promise<T>): Promise<T> {
    const session = person && (await this.session(person));
    const context = await this.browser.newContext({
      baseURL: this.baseURL,
      reducedMotion: "reduce",
      locale: "en-US",
      timezoneId: "UTC",
      ...(session ? { storageState: session } : {}),
      ...options,
    });
    try {
      return await act(await context.newPage());
    } finally {
      await context.close();
    }
  }

  /** What a browser of theirs keeps once they are signed in. */
  async session(person: Person): Promise<Session> {
    const kept = this.#sessions.get(person.name) ?? (await this.#signIn(person));
    this.#sessions.set(person.name, kept);
    return kept;
  }

  async #signIn({ name, email }: Person): Promise<Session> {
    const context = await this.browser.newContext({ baseURL: this.baseURL });
    try {
      const page = await context.newPage();
      await page.goto("/sign-in");
      await page.getByRole("button", { name: "Continue with Google" }).click();
      if (email === undefined) await page.getByRole("button", { name }).click();
      else {
        await page.getByLabel("Name").fill(name);
        await page.getByLabel("E-mail", { exact: true }).fill(email);
        await page.getByRole("button", { name: "Continue", exact: true }).click();
      }
      await page.waitForURL("**/dashboard");
      return await context.storageState();
    } finally {
      await context.close();
    }
  }
}
