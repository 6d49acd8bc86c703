import postgres, { type Sql } from "postgres";
import { z } from "zod";
import { connect, type Db } from "@/db/client";
import type { ProcessRole } from "@/db/roles";
import { createDatabase } from "@/db/testing/database";
import { Account } from "@/lib/api/accounts";
import { createApi } from "@/lib/api/app";
import { Template } from "@/lib/api/templates";
import { verify } from "@/lib/ledger/verify/verify";
import { endWithNotices } from "@/lib/live/notify";
import { issueKey, type Scope, scopes } from "@/lib/services/keys/api-keys";
import { settleDue } from "@/lib/services/programs/settle-due";

export interface Answer {
  status: number;
  /** The content type, without its parameters. */
  type: string;
  body: unknown;
}

export interface Sending {
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, in place of `body`. */
  text?: string;
  type?: string;
  /** Null for none. */
  key?: string | null;
}

const Ingested = z.strictObject({
  accepted: z.number(),
  duplicates: z.number(),
  quarantined: z.number(),
  rejected: z.array(
    z.strictObject({ index: z.number(), id: z.string().nullable(), reason: z.string(), detail: z.string() }),
  ),
});

/** What became of a request of usage events, and its status. */
export type Sent = z.infer<typeof Ingested> & { status: number };

/** One process that serves the API: its own pool, queues and caches. */
export interface ApiProcess {
  db: Db;
  call(method: string, path: string, sending?: Sending): Promise<Answer>;
  /** Sends usage events. @throws Error when the answer is no list of outcomes. */
  send(events: readonly unknown[], query?: string): Promise<Sent>;
  /** The same process, its clock ahead by so much. */
  ahead(ms: number): ApiProcess;
}

export interface ApiHarness extends ApiProcess {
  /** The owner's connection, to look behind the API. */
  owner: Sql;
  clock: { now: Date };
  /** The database, entered as its owner or as a process. */
  url(role: "owner" | ProcessRole): string;
  keys: Readonly<Record<Scope, string>>;
  /** Another process on the same database. */
  another(role?: ProcessRole): ApiProcess;
  /** Sends what must make something: 201. @throws Error with the answer otherwise. */
  make(path: string, body: unknown): Promise<unknown>;
  account(id: string): Promise<z.infer<typeof Account>>;
  template(id: string): Promise<z.infer<typeof Template>>;
  sweep(): Promise<{ beneficiaries: number; bound: number; drawn: number }>;
  /** The same as the worker does it: with no deadline on all of it. */
  settle(): Promise<void>;
  /** How many rows each table of the product has; what counts requests is not among them. */
  rowCounts(): Promise<Record<string, number>>;
  close(): Promise<void>;
}

const Swept = z.strictObject({ beneficiaries: z.number(), bound: z.number(), drawn: z.number() });
const beaconSecret = new Uint8Array(32).fill(7);

/**
 * The machine API on a database of the test file's own, entered as the web process, with a key of each scope and a
 * clock that stands where it is put. Close it in `afterAll`: whatever the file did, its books must verify in the end.
 */
export async function apiHarness(): Promise<ApiHarness> {
  const database = await createDatabase();
  const clock = { now: new Date("2026-11-21T12:00:00.000Z") };
  const owner = postgres(database.url("owner"), { max: 2, onnotice: () => {} });
  const pools: Db[] = [];
  const keys = { ingest: "", read: "", admin: "" };

  const open = (role: ProcessRole): ApiProcess => {
    const db = connect({ url: database.url(role), connectionsMax: 8 });
    pools.push(db);
    return serve(db, 0);
  };
  const serve = (db: Db, aheadMs: number): ApiProcess => {
    const app = createApi({ ctx: { db, clock: () => new Date(clock.now.getTime() + aheadMs) }, beaconSecret });
    const later = new Map<number, ApiProcess>();
    const call: ApiProcess["call"] = async (method, path, { body, text, type, key } = {}) => {
      const sent = text ?? (body === undefined ? undefined : JSON.stringify(body));
      const headers = new Headers();
      if (key !== null) headers.set("Authorization", `Bearer ${key ?? keys.admin}`);
      if (sent !== undefined) headers.set("Content-Type", type ?? "application/json");
      const response = await app.request(path, { method, headers, ...(sent === undefined ? {} : { body: sent }) });
      const contentType = (response.headers.get("Content-Type") ?? "").split(";")[0] ?? "";
      const answer = await response.text();
      return {
        status: response.status,
        type: contentType,
        body: contentType.endsWith("json") ? JSON.parse(answer) : answer,
      };
    };
    const send: ApiProcess["send"] = async (events, query = "") => {
      const { status, body } = await call("POST", `/api/v1/events${query}`, { body: events, key: keys.ingest });
      return { status, ...Ingested.parse(body) };
    };
    const ahead: ApiProcess["ahead"] = (ms) => {
      const known = later.get(ms) ?? serve(db, aheadMs + ms);
      later.set(ms, known);
      return known;
    };
    return { db, call, send, ahead };
  };

  const main = open("web");
  for (const scope of scopes) {
    keys[scope] = await issueKey({ db: main.db, clock: () => clock.now }, { name: scope, scopes: [scope] });
  }
  const expectStatus = async (status: number, method: string, path: string, body?: unknown) => {
    const answer = await main.call(method, path, body === undefined ? {} : { body });
    if (answer.status !== status) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  return {
    ...main,
    owner,
    clock,
    url: database.url,
    keys,
    another: (role = "web") => open(role),
    make: (path, body) => expectStatus(201, path.startsWith("/api/v1/prices/") ? "PUT" : "POST", path, body),
    account: async (id) => Account.parse(await expectStatus(200, "GET", `/api/v1/accounts/${id}`)),
    template: async (id) => Template.parse(await expectStatus(200, "GET", `/api/v1/templates/${id}`)),
    sweep: async () => Swept.parse(await expectStatus(200, "POST", "/api/v1/sweep")),
    settle: async () => {
      await settleDue({ db: main.db, clock: () => clock.now }, beaconSecret);
    },
    rowCounts: () => rowCounts(owner),
    close: async () => {
      const { differences } = await verify(main.db);
      await Promise.all([...pools.map(endWithNotices), owner.end()]);
      await database.close();
      if (differences.length > 0) throw new Error(`The books do not verify: ${JSON.stringify(differences, null, 2)}`);
    },
  };
}

async function rowCounts(owner: Sql): Promise<Record<string, number>> {
  const tables = await owner<{ name: string }[]>`
    select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'rate_counts' order by 1`;
  const counts = await Promise.all(
    tables.map(async ({ name }) => {
      const [row] = await owner<{ rows: number }[]>`select count(*)::int as rows from ${owner(name)}`;
      return [name, row?.rows ?? 0] as const;
    }),
  );
  return Object.fromEntries(counts);
}
