import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { sources } from "@/demo/folders";

/** The published traces lie beside the repository, not in it. */
const folder = path.join(sources, "..", "shared", "data");

/** One trace's text, or why the tests on it are skipped. */
export function traceFile(name: string): { text: string; absent: null } | { text: null; absent: string } {
  const file = path.join(folder, name);
  if (existsSync(file)) return { text: readFileSync(file, "utf8"), absent: null };
  return { text: null, absent: `${path.relative(sources, file)} is absent` };
}
