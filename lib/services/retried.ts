import { codeOf } from "@/db/errors";

/** Deadlock, serialization failure, lock timeout: the same again may succeed. */
const passing = new Set(["40P01", "40001", "55P03"]);
const ATTEMPTS_MAX = 4;

/** Repeats a transaction that another one got in the way of, a few times. */
export async function retried<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt >= ATTEMPTS_MAX || !passing.has(codeOf(error) ?? "")) throw error;
    }
  }
}
