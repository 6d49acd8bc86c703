import { setTimeout as pause } from "node:timers/promises";

/**
 * Asks until the answer is something, and gives it back.
 * @returns undefined when the deadline passed first.
 */
export async function waitFor<T>(
  ask: () => T | undefined | false | Promise<T | undefined | false>,
  { deadlineMs, everyMs = 20 }: { deadlineMs: number; everyMs?: number },
): Promise<T | undefined> {
  const end = performance.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() >= end) return undefined;
    await pause(everyMs);
  }
}
