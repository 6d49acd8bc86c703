import { printable } from "@/lib/services/names";
import { done, type Result, refused } from "@/lib/services/result";

/** The most characters of a person's name, as `length` counts them, whether typed or told by a provider. */
export const PERSON_NAME_MAX = 100;

/** What somebody typed as their own name, in one line; null where they want none. */
export function readPersonName(typed: string): Result<string | null> {
  const name = typed.trim().replace(/\s+/g, " ");
  if (name.length > PERSON_NAME_MAX) {
    return refused("invalid", `A name has at most ${PERSON_NAME_MAX} characters.`, "name");
  }
  return printable.test(name) ? done(name || null) : refused("invalid", "A name has no control characters.", "name");
}
