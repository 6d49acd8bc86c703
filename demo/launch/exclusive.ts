import path from "node:path";
import { type Holder, type Lock, readHolder, takeLock } from "@/demo/processes/lock";
import { Stop } from "@/demo/stop";

/** Said by a run that is on its way out. */
export const stoppingNote = "stopping";
// Long enough for a run whose starter was killed to notice.
const otherMsMax = 4000;
const stoppingMsMax = 30_000;

/** Takes the data folder for this run. @throws Stop when another run lives there. */
export async function takeHome(home: string, url: string): Promise<Lock> {
  const file = path.join(home, "launcher.lock");
  const first = await takeLock(file, { deadlineMs: readHolder(file) ? otherMsMax : 1000, note: url });
  if ("lock" in first) return first.lock;
  if (first.holder.note !== stoppingNote) throw alreadyRuns(first.holder, home);
  const second = await takeLock(file, { deadlineMs: stoppingMsMax, note: url });
  if ("lock" in second) return second.lock;
  throw alreadyRuns(second.holder, home);
}

function alreadyRuns({ note, pid }: Holder, home: string): Stop {
  const where = note === stoppingNote ? "is still stopping" : `already runs at ${note}`;
  return new Stop(
    `Tenspot ${where} on the data folder ${home} (process ${pid}): stop it, or set TENSPOT_HOME and PORT for a second one.`,
  );
}
