import { drizzle } from "drizzle-orm/postgres-js";
import postgres, { type Sql } from "postgres";
import type { Db } from "@/db/client";

/** A statement as it was sent. */
export interface Statement {
  text: string;
  parameters: readonly unknown[];
}

/** What a plan does at one place, and below it. */
export interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Index Cond"?: string;
  "Recheck Cond"?: string;
  Plans?: PlanNode[];
}

export interface Explained {
  plan: PlanNode;
  /** Milliseconds; 0 where it was only planned. */
  planMs: number;
  runMs: number;
  /** Pages it looked at. */
  pages: number;
}

/** Lets what reads through the process's pool be recorded, and each statement be explained. */
export class Recorder {
  /** A session of its own, not recorded. */
  readonly sql: Sql;
  readonly #db: Db;
  #statements: Statement[] | null = null;

  /** @param settings of the session, such as `enable_seqscan: "off"` */
  constructor(url: string, settings: Readonly<Record<string, string>> = {}) {
    this.sql = postgres(url, { max: 1, onnotice: () => {}, connection: settings });
    const client = postgres(url, {
      max: 4,
      onnotice: () => {},
      debug: (_connection, text, parameters) => this.#statements?.push({ text, parameters }),
    });
    this.#db = drizzle({ client, casing: "snake_case" });
    (globalThis as typeof globalThis & { tenspotDb?: Db }).tenspotDb = this.#db;
  }

  /** @returns the statements that `read` sent, those that only begin and end transactions left out. */
  async statementsOf(read: () => Promise<unknown>): Promise<Statement[]> {
    const statements: Statement[] = [];
    this.#statements = statements;
    try {
      await read();
    } finally {
      this.#statements = null;
    }
    return statements.filter(({ text }) => /^\s*(select|with)\b/i.test(text));
  }

  /** @param run whether it is run, and not only planned. */
  async explain({ text, parameters }: Statement, run: boolean): Promise<Explained> {
    const how = run ? "analyze, buffers, timing off, format json" : "format json";
    const [row] = await this.sql.unsafe(`explain (${how}) ${text}`, parameters as never[]);
    const shown: unknown = row?.["QUERY PLAN"];
    const [found] = (typeof shown === "string" ? JSON.parse(shown) : shown) as {
      Plan: PlanNode & { "Shared Hit Blocks"?: number; "Shared Read Blocks"?: number };
      "Planning Time"?: number;
      "Execution Time"?: number;
    }[];
    if (!found) throw new Error("Nothing was explained");
    return {
      plan: found.Plan,
      planMs: found["Planning Time"] ?? 0,
      runMs: found["Execution Time"] ?? 0,
      pages: (found.Plan["Shared Hit Blocks"] ?? 0) + (found.Plan["Shared Read Blocks"] ?? 0),
    };
  }

  async end(): Promise<void> {
    await Promise.all([this.sql.end(), this.#db.$client.end()]);
  }
}

/** Every place of a plan. */
export const nodesOf = (plan: PlanNode): PlanNode[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/**
 * Tables that a plan reads from end to end, as far as nothing stops it: by no index, or along the whole of one.
 * @param partial indexes that hold few rows by their own condition: these may be read whole.
 */
export function wholeTables(plan: PlanNode, partial: ReadonlySet<string> = new Set()): string[] {
  const whole = (node: PlanNode, isLimited: boolean): string[] => {
    const type = node["Node Type"];
    const found =
      type === "Seq Scan" ||
      (/^Index (Only )?Scan$/.test(type) &&
        node["Index Cond"] === undefined &&
        !isLimited &&
        !partial.has(node["Index Name"] ?? ""))
        ? [node["Relation Name"] ?? ""]
        : [];
    // A limit stops what comes in order; whatever gathers first does not stop.
    const below = type === "Limit" || (isLimited && !/^Sort$|Aggregate|Hash|Materialize/.test(type));
    return [...found, ...(node.Plans ?? []).flatMap((each) => whole(each, below))];
  };
  return whole(plan, false);
}
