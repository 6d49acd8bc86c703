import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { sources } from "@/demo/folders";
import type { Children } from "@/demo/processes/children";
import { withLock } from "@/demo/processes/lock";
import { bareEnvironment } from "./environments";

const Marker = z.object({ digest: z.string(), buildId: z.string() });
const folders = ["app", "components", "db", "lib", "public"];
/** What lies in the root and is not the web's. */
const foreign = /^(next-env\.d|(vitest|playwright|drizzle)\.config)\.m?ts$/;
const buildMsMax = 15 * 60_000;

/** Builds the web unless the last build is of these very sources. @returns whether it built. */
export async function ensureBuilt(children: Children, root: string = sources): Promise<boolean> {
  mkdirSync(path.join(root, ".tenspot"), { recursive: true });
  return withLock(path.join(root, ".tenspot", "build.lock"), buildMsMax, async () => {
    const digest = digestOf(root);
    if (isBuilt(root, digest)) return false;
    await children.run({
      name: "build",
      command: ["node_modules/next/dist/bin/next", "build"],
      environment: bareEnvironment(),
    });
    // What changed while it was built makes the digest another, and the next start builds again.
    markBuilt(root, digest);
    return true;
  });
}

/** Whether `.next` holds a finished build of the sources with this digest. */
export function isBuilt(root: string, digest: string): boolean {
  try {
    const marker = Marker.parse(JSON.parse(readFileSync(markerOf(root), "utf8")));
    return marker.digest === digest && marker.buildId === readBuildId(root);
  } catch {
    return false;
  }
}

/** Notes beside a finished build what it was made from. */
export function markBuilt(root: string, digest: string): void {
  writeFileSync(markerOf(root), JSON.stringify({ digest, buildId: readBuildId(root) }));
}

/** A digest over the path and content of everything the web is built from; tests are not. */
export function digestOf(root: string): string {
  const hash = createHash("sha256");
  const inRoot = readdirSync(root, { withFileTypes: true }).filter(
    ({ name }) =>
      (/\.(ts|mjs)$/.test(name) && !foreign.test(name)) || /^(tsconfig|package|package-lock)\.json$/.test(name),
  );
  const listed = [...inRoot.map(({ name }) => name), ...folders.flatMap((folder) => filesIn(root, folder))];
  for (const file of listed.sort()) {
    hash.update(`${file}\0`).update(
      createHash("sha256")
        .update(readFileSync(path.join(root, file)))
        .digest(),
    );
  }
  return hash.digest("hex");
}

function filesIn(root: string, folder: string): string[] {
  try {
    return readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
      .map((entry) => path.relative(root, path.join(entry.path, entry.name)));
  } catch {
    return [];
  }
}

function markerOf(root: string): string {
  return path.join(root, ".next", "tenspot-sources.json");
}

function readBuildId(root: string): string {
  return readFileSync(path.join(root, ".next", "BUILD_ID"), "utf8");
}
