import { refused } from "@/lib/services/result";

const AHEAD_DAYS_MAX = 366;

/** What is wrong with the instant at which work should expire, if anything is. */
export function expiryProblem(expiresAt: Date | undefined, now: Date): ReturnType<typeof refused> | null {
  if (!expiresAt) return null;
  if (expiresAt <= now) return refused("invalid", "expiresAt must lie ahead", "expiresAt");
  if (expiresAt.getTime() <= now.getTime() + AHEAD_DAYS_MAX * 86_400_000) return null;
  return refused("invalid", `expiresAt must be at most ${AHEAD_DAYS_MAX} days ahead; extend it later`, "expiresAt");
}
