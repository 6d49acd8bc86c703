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
