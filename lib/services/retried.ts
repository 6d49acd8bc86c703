import { setTimeout as pause } from "node:timers/promises";
import type { Tx } from "@/db/client";
import { codeOf } from "@/db/errors";
import type { Context } from "./context";

/** Deadlock, serialization failure, lock or statement timeout, no connection left: the same again may succeed. */
const passing = new Set(["40P01", "40001", "55P03", "57014", "53300"]);
const ATTEMPTS_MAX = 4;
/** No attempt begins later: who asked is told, and may ask again. */
const PATIENCE_MS = 10_000;
/** Before the second attempt, at most; doubled before each next. Chance parts two that got in each other's way. */
const PAUSE_MS_MAX = 25;

/** Repeats a transaction that another one got in the way of, a few times. @throws the last attempt's error. */
export async function retried<T>(run: () => Promise<T>): Promise<T> {
  const started = performance.now();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      const isLast = attempt >= ATTEMPTS_MAX || performance.now() - started > PATIENCE_MS;
      if (isLast || !passing.has(codeOf(error) ?? "")) throw error;
    }
    await pause(Math.random() * PAUSE_MS_MAX * 2 ** (attempt - 1));
  }
}

/** One transaction, repeated when another got in its way. @param run may run several times; only the last counts. */
export const inTransaction = <T>(ctx: Context, run: (tx: Tx) => Promise<T>): Promise<T> =>
  retried(() => ctx.db.transaction(run));
