import "server-only";
import type { Policy } from "@/lib/services/limits/policies";
import { refused } from "@/lib/services/result";
import { limiter } from "./limiter";

/** Counts a form by its account. @returns the refusal when that were too many in this minute; null otherwise. */
export function takeFormTurn(policy: Policy, { id }: { id: string }): ReturnType<typeof refused> | null {
  const taken = limiter().take(policy, id);
  if (taken === null || taken.ok) return null;
  return refused("unavailable", `That was tried very often. Wait ${taken.resetSeconds} seconds, then try again.`);
}
