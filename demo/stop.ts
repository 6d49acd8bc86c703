/** A reason to give up that a person can act on: shown as its one sentence, without a stack. */
export class Stop extends Error {
  override readonly name = "Stop";
}

/** The `code` of a system error (`EACCES`, `EADDRINUSE`), if it is one. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** What a person reads about a system error. */
export function reasonOf(error: unknown): string {
  switch (codeOf(error)) {
    case "EACCES":
    case "EPERM":
      return "permission denied";
    case "EROFS":
      return "the file system is read-only";
    case "ENOENT":
      return "no folder can be made there";
    case "ENOSPC":
      return "the disk is full";
    case "ENOTDIR":
    case "EEXIST":
      return "a file is in its place";
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
