import { commandOf, isRunning, markOf, type ProcessMark, parentOf } from "@/demo/processes/identity";

const everyMs = 1000;

/**
 * Calls `end` once, when this run should stop: Ctrl-C, SIGTERM, a closed terminal, or the death of who started us.
 * npm may die without a word (kill -9), and a shell between us and it lives on: both are watched.
 */
export function onEnding(end: () => void): void {
  let ending = false;
  const once = () => {
    if (!ending) end();
    ending = true;
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, once);
  if (process.channel) process.once("disconnect", once);
  if (process.env.npm_lifecycle_event !== undefined) {
    const starters = ancestorsToNpm();
    setInterval(() => {
      if (!starters.every(isRunning)) once();
    }, everyMs).unref();
  }
}

/** Our parent, and if that is a shell, npm behind it. */
function ancestorsToNpm(): ProcessMark[] {
  const parent = markOf(process.ppid);
  if (!parent) return [];
  const isShell = /^(\S*\/)?(sh|dash|bash|zsh|ash|busybox)\b/.test(commandOf(parent.pid));
  const above = isShell ? markOf(parentOf(parent.pid) ?? 0) : undefined;
  return above && above.pid > 1 ? [parent, above] : [parent];
}
