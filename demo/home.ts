import { accessSync, chmodSync, constants, existsSync, mkdirSync, statSync } from "node:fs";
import path from "node:path";
import { codeOf, reasonOf, Stop } from "@/demo/stop";

/** Makes the folder of a run's state. @throws Stop when it cannot be made or written. */
export function makeHome(home: string): void {
  try {
    const first = makeFolders(home);
    if (first && process.getuid?.() === 0) letPass(home, first);
    accessSync(home, constants.R_OK | constants.W_OK | constants.X_OK);
    if (!statSync(home).isDirectory()) throw Object.assign(new Error("not a folder"), { code: "ENOTDIR" });
  } catch (error) {
    throw new Stop(
      `The data folder ${home} cannot be used: ${reasonOf(error)}. Set TENSPOT_HOME to a folder you may write to.`,
    );
  }
}

/** Makes a folder and those above it, one by one: Node's own way never ends under /proc. @returns the first made. */
function makeFolders(folder: string): string | undefined {
  const missing: string[] = [];
  for (let at = folder; !existsSync(at); at = path.dirname(at)) missing.unshift(at);
  for (const one of missing) makeFolder(one);
  return missing[0];
}

/**
 * Lets the server's user pass through the folders from `first` down to `home`. Only folders made here are opened;
 * secrets inside are closed one by one.
 */
function letPass(home: string, first: string): void {
  for (let at = home; at.length >= first.length; at = path.dirname(at)) chmodSync(at, 0o711);
}

/** Makes a folder, unless someone did meanwhile, with the usual rights or those given. */
export function makeFolder(folder: string, mode?: number): string {
  try {
    mkdirSync(folder);
    if (mode !== undefined) chmodSync(folder, mode);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  }
  return folder;
}
