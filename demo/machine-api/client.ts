import { setTimeout as pause } from "node:timers/promises";
import type { z } from "zod";
import type { CloudEvent, NewAccount, NewDeposit, NewPrice, NewTemplate, ProgramRequest } from "./requests";
import { Account, AccountPage, Draw, IngestAnswer, PricePage, Problem, Swept, Template } from "./shapes";

/** How a request reaches the API: over the network, or in the same process. */
export type Send = (request: Request) => Promise<Response>;

export interface ApiAddress {
  /** Where the API is served, such as `http://localhost:3000`. */
  url: string;
  key: string;
  send?: Send;
}

/** What was made: `isNew` is false when the same request had made it before. */
export interface Made<T> {
  value: T;
  isNew: boolean;
}

/** An answer that says no, with the reason it gives. */
export class ApiRefusal extends Error {
  override readonly name = "ApiRefusal";
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const ATTEMPTS_MAX = 6;
const FIRST_PAUSE_MS = 200;
const ANSWER_MS_MAX = 60_000;
const PAGE = 1_000;

/**
 * A client of the public machine API. Every call may be repeated safely, so each is, when the server is busy or the
 * connection fails. Calls throw ApiRefusal when the answer is a refusal, and the last error when there is no answer.
 */
export class MachineApi {
  readonly #url: string;
  readonly #key: string;
  readonly #send: Send;

  constructor({ url, key, send = fetch }: ApiAddress) {
    this.#url = url.replace(/\/+$/, "");
    this.#key = key;
    this.#send = send;
  }

  openAccount(account: NewAccount): Promise<Made<Account>> {
    return this.#make("POST", "/api/v1/accounts", account, Account);
  }

  /** The account, or null when there is none of this name. */
  async account(name: string): Promise<Account | null> {
    try {
      return await this.#read(`/api/v1/accounts/${encodeURIComponent(name)}`, Account);
    } catch (error) {
      if (error instanceof ApiRefusal && error.status === 404) return null;
      throw error;
    }
  }

  /** All accounts, or those whose record or numbers changed since an instant; oldest first. */
  async accounts({ updatedSince }: { updatedSince?: Date } = {}): Promise<Account[]> {
    const found: Account[] = [];
    let cursor: string | null = null;
    do {
      const query = new URLSearchParams({ limit: String(PAGE) });
      if (updatedSince) query.set("updatedSince", updatedSince.toISOString());
      if (cursor) query.set("cursor", cursor);
      const page: z.infer<typeof AccountPage> = await this.#read(`/api/v1/accounts?${query}`, AccountPage);
      found.push(...page.data);
      cursor = page.next;
    } while (cursor);
    return found;
  }

  async deposit(account: string, deposit: NewDeposit): Promise<{ isNew: boolean }> {
    const response = await this.#call("POST", `/api/v1/accounts/${encodeURIComponent(account)}/deposits`, deposit);
    return { isNew: response.status === 201 };
  }

  async prices(): Promise<z.infer<typeof PricePage>["data"]> {
    return (await this.#read("/api/v1/prices?limit=1000", PricePage)).data;
  }

  async setPrice({ sku, ...price }: NewPrice): Promise<void> {
    await this.#call("PUT", `/api/v1/prices/${encodeURIComponent(sku)}`, price);
  }

  registerTemplate(template: NewTemplate): Promise<Made<Template>> {
    return this.#make("POST", "/api/v1/templates", template, Template);
  }

  template(name: string): Promise<Template> {
    return this.#read(`/api/v1/templates/${encodeURIComponent(name)}`, Template);
  }

  /** Puts an account under a program, before its first usage. */
  async enrol(account: string, request: ProgramRequest): Promise<void> {
    await this.#call("POST", `/api/v1/accounts/${encodeURIComponent(account)}/enrolments`, request);
  }

  /** Asks, for a referrer, that what is pending under a program be released. */
  async apply(account: string, request: ProgramRequest): Promise<void> {
    await this.#call("POST", `/api/v1/accounts/${encodeURIComponent(account)}/applications`, request);
  }

  /** Sends usage; what is refused is in the answer, event by event. */
  async sendEvents(events: readonly CloudEvent[]): Promise<IngestAnswer> {
    const response = await this.#call("POST", "/api/v1/events", events, [422]);
    return IngestAnswer.parse(await response.json());
  }

  async sweep(): Promise<z.infer<typeof Swept>> {
    return Swept.parse(await (await this.#call("POST", "/api/v1/sweep")).json());
  }

  draw(drawId: string): Promise<Draw> {
    return this.#read(`/api/v1/draws/${drawId}`, Draw);
  }

  async #read<T>(path: string, shape: z.ZodType<T>): Promise<T> {
    return shape.parse(await (await this.#call("GET", path)).json());
  }

  async #make<T>(method: string, path: string, body: unknown, shape: z.ZodType<T>): Promise<Made<T>> {
    const response = await this.#call(method, path, body);
    return { value: shape.parse(await response.json()), isNew: response.status === 201 };
  }

  async #call(method: string, path: string, body?: unknown, understood: readonly number[] = []): Promise<Response> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    for (let attempt = 1; ; attempt += 1) {
      const last = attempt >= ATTEMPTS_MAX;
      const response = await this.#attempt(method, path, text).catch((error: unknown) => {
        if (last) throw new Error(`${this.#url} does not answer`, { cause: error });
        return null;
      });
      if (response && (response.ok || (understood.includes(response.status) && !isProblem(response)))) return response;
      if (response && (last || !passing.has(response.status))) throw await refusalOf(response, `${method} ${path}`);
      const askedS = Number(response?.headers.get("Retry-After") ?? 0);
      await pause(Math.max(askedS * 1_000, FIRST_PAUSE_MS * 2 ** (attempt - 1)));
    }
  }

  #attempt(method: string, path: string, text: string | undefined): Promise<Response> {
    return this.#send(
      new Request(`${this.#url}${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${this.#key}`,
          ...(text === undefined ? {} : { "Content-Type": "application/json" }),
        },
        ...(text === undefined ? {} : { body: text }),
        signal: AbortSignal.timeout(ANSWER_MS_MAX),
      }),
    );
  }
}

/** Answers after which the same request may succeed. */
const passing: ReadonlySet<number> = new Set([429, 502, 503, 504]);

const isProblem = (response: Response): boolean => response.headers.get("Content-Type")?.includes("problem") ?? false;

async function refusalOf(response: Response, call: string): Promise<ApiRefusal> {
  const text = await response.text();
  const problem = Problem.safeParse(parsed(text)).data;
  return new ApiRefusal(
    response.status,
    `${call} was answered ${response.status}: ${problem?.detail ?? problem?.title ?? text.slice(0, 200)}`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
