import type { ApiProcess } from "./api-harness";

const POLL_EVERY_MS = 100;

/**
 * Sweeps through every process at once, as many workers would, until these draws are drawn: their rounds lie a few
 * seconds ahead by the database's own clock.
 * @throws Error after `deadlineMs`, or when a sweep is refused.
 */
export async function drawnWithin(
  deadlineMs: number,
  processes: readonly ApiProcess[],
  drawIds: readonly string[],
): Promise<void> {
  const [first] = processes;
  if (!first) throw new Error("Nobody sweeps");
  const isDrawn = async (id: string) => {
    const { body } = await first.call("GET", `/api/v1/draws/${id}`);
    return typeof body === "object" && body !== null && "state" in body && body.state === "drawn";
  };
  const until = Date.now() + deadlineMs;
  while (Date.now() < until) {
    for (const { status, body } of await Promise.all(processes.map(({ call }) => call("POST", "/api/v1/sweep")))) {
      if (status !== 200) throw new Error(`A sweep answered ${status} ${JSON.stringify(body)}`);
    }
    if ((await Promise.all(drawIds.map(isDrawn))).every((drawn) => drawn)) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_EVERY_MS));
  }
  throw new Error(`Not drawn within ${deadlineMs} ms: ${drawIds.join(", ")}`);
}
