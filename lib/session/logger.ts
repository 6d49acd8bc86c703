import type { LoggerInstance } from "next-auth";

/** next-auth's notices in one line each: profiles, tokens and the values of queries stay out of the log. */
export const signInLogger: LoggerInstance = {
  error: (code, metadata) => console.error(`sign-in: ${code}: ${summary(metadata)}`),
  warn: (code) => console.warn(`sign-in: ${code}`),
  debug: () => {},
};

const MESSAGE_LENGTH_MAX = 500;

/** Name and message of what went wrong; a failed query's message ends before its parameters. */
export function summary(problem: unknown): string {
  const error = problem instanceof Error ? problem : errorIn(problem);
  if (!error) return "no details";
  // Some messages quote the request: one line each, whatever was sent.
  const message = (error.message.split("\nparams:")[0] ?? "").replace(/\p{Cc}+/gu, " ").slice(0, MESSAGE_LENGTH_MAX);
  return error.cause instanceof Error ? `${message}: ${summary(error.cause)}` : `${error.name}: ${message}`;
}

function errorIn(problem: unknown): Error | null {
  if (typeof problem !== "object" || problem === null || !("error" in problem)) return null;
  return problem.error instanceof Error ? problem.error : null;
}
