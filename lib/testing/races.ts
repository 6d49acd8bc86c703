import type { Answer, ApiProcess } from "./api-harness";

/** Attempts at the same moment, and how often that is tried at each edge. */
export const ATTEMPTS = 20;
export const raceRounds = process.env.FULL ? 150 : 20;
export const raceTimeout = raceRounds * 15_000;

/** Lets twenty attempts go at once, spread over the processes. */
export const race = <T>(
  processes: readonly ApiProcess[],
  attempt: (process: ApiProcess, index: number) => Promise<T>,
): Promise<T[]> =>
  Promise.all(
    Array.from({ length: ATTEMPTS }, (_, index) => {
      const process = processes[index % processes.length];
      if (!process) throw new Error("Nobody races");
      return attempt(process, index);
    }),
  );

/** How many of some answers have each status. */
export function statuses(answers: readonly Pick<Answer, "status">[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** How often a process that answers "busy, send the same again" is taken at its word. */
const TRIES_MAX = 20;

async function sweepUntilDone({ call }: ApiProcess): Promise<void> {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const { status, body } = await call("POST", "/api/v1/sweep");
    if (status === 200) return;
    if (status !== 503) throw new Error(`A sweep answered ${status} ${JSON.stringify(body)}`);
  }
  throw new Error(`A sweep was busy ${TRIES_MAX} times`);
}

/** Twenty sweeps at once, each until it is done. @throws Error when one is refused. */
export async function sweepAtOnce(processes: readonly ApiProcess[]): Promise<void> {
  await race(processes, sweepUntilDone);
}
