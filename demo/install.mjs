import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const sources = path.resolve(fileURLToPath(new URL("..", import.meta.url)));

/** Runs `npm ci` when what is installed is not what package-lock.json says. Throws with one sentence when it fails. */
export function install(root = sources) {
  process.chdir(root);
  if (isInstalled(root)) return;
  console.log("Installing what package-lock.json lists (npm ci)");
  const began = performance.now();
  const options = ["ci", "--no-audit", "--no-fund", "--include=dev", "--include=optional"];
  const npm = process.env.npm_execpath;
  const [command, words] = npm && /\.c?js$/.test(npm) ? [process.execPath, [npm, ...options]] : ["npm", options];
  const { status, error } = spawnSync(command, words, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  if (error || status !== 0) {
    throw new Error(`npm ci failed${error ? ` (${error.message})` : ""}: what it printed above says why.`);
  }
  writeFileSync(stampOf(root), digestOf(root));
  console.log(`Installed in ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

/** Whether npm installed after package-lock.json was last changed, or from a file of this very content. */
export function isInstalled(root) {
  const record = path.join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  if (statSync(record).mtimeMs >= statSync(path.join(root, "package-lock.json")).mtimeMs) return true;
  return existsSync(stampOf(root)) && readFileSync(stampOf(root), "utf8") === digestOf(root);
}

function stampOf(root) {
  return path.join(root, "node_modules", ".tenspot-installed");
}

function digestOf(root) {
  return createHash("sha256")
    .update(readFileSync(path.join(root, "package-lock.json")))
    .digest("hex");
}
