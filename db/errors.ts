/** Whether an error, or what drizzle wrapped in it, is a unique violation: somebody else was first. */
export function isUniqueViolation(error: unknown): boolean {
  return codeOf(error) === "23505";
}

/** The SQLSTATE of a database error, whether the driver threw it or drizzle wrapped it. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("code" in error && typeof error.code === "string") return error.code;
  return codeOf(error.cause);
}

/** Classes of SQLSTATE: connection lost, resources short, the operator or a timeout stepped in. */
const busyClasses = /^(08|53|57)[0-9A-Z]{3}$/;
const busyCodes = new Set([
  // Deadlock, serialization failure, lock timeout.
  "40P01",
  "40001",
  "55P03",
  // The driver's and the system's, where no server answered.
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "CONNECTION_DESTROYED",
  "CONNECTION_ENDED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
]);

/** Whether the database could not do it now, through no fault of what was asked: the same again may succeed. */
export function isBusy(error: unknown): boolean {
  const code = codeOf(error) ?? "";
  return busyCodes.has(code) || busyClasses.test(code);
}
