import { printable } from "@/lib/services/names";
import { done, type Result, refused } from "@/lib/services/result";

const NAME_MAX = 80;

/** What a person typed as a template's name: something to be read, in one line. */
export function readTemplateName(typed: string): Result<string> {
  const name = typed.trim().replace(/\s+/g, " ");
  if (name === "") return refused("invalid", 'Enter a name, such as "Stable Diffusion XL".', "name");
  if (name.length > NAME_MAX) return refused("invalid", `A name has at most ${NAME_MAX} characters.`, "name");
  return printable.test(name) ? done(name) : refused("invalid", "A name has no control characters.", "name");
}
