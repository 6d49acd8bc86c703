import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

let folder = "";
/** The imports that Biome refused, by file. */
let refused = new Map<string, string[]>();

/** Each layer with what it may import, and with what reaches up or out. */
const layers: { path: string; may: string[]; mayNot: string[] }[] = [
  {
    path: "lib/money/planted.ts",
    may: ["./nanos"],
    mayNot: ["@/lib/programs/draw", "@/db/client", "node:fs", "react"],
  },
  {
    path: "lib/programs/planted.ts",
    may: ["@/lib/money/nanos", "./terms"],
    mayNot: ["@/lib/ledger/post", "@/lib/env", "@/db/client", "drizzle-orm", "postgres", "node:crypto", "next/headers"],
  },
  {
    path: "lib/ledger/planted.ts",
    may: ["@/lib/programs/usage", "@/db/client", "postgres"],
    mayNot: ["@/lib/services/context", "@/lib/queries/wallet", "@/lib/api/app", "hono", "next/cache", "@/app/layout"],
  },
  {
    path: "lib/services/planted/verb.ts",
    may: ["@/lib/ledger/post", "@/db/client"],
    mayNot: ["@/lib/api/app", "@/lib/queries/wallet", "@/lib/session/attempt", "next/headers", "react", "hono"],
  },
  {
    path: "lib/queries/planted.ts",
    may: ["@/lib/ledger/read", "@/lib/programs/terms"],
    mayNot: ["@/lib/ledger/post", "@/lib/ledger/post-usage", "@/lib/api/app", "@/components/money", "hono"],
  },
  {
    path: "lib/api/planted.ts",
    may: ["@/lib/services/result", "hono"],
    mayNot: ["@/lib/ledger/post", "@/lib/session/attempt", "@/lib/queries/wallet", "next/server", "@/app/layout"],
  },
  { path: "lib/session/planted.ts", may: ["next/headers"], mayNot: ["@/app/layout", "@/components/money"] },
  {
    path: "app/planted/page.tsx",
    may: ["@/lib/queries/wallet", "@/components/money"],
    mayNot: ["@/db", "@/db/client", "@/lib/ledger/read", "drizzle-orm", "postgres", "@/demo/folders"],
  },
  {
    path: "components/planted.tsx",
    may: ["@/lib/money/format", "react"],
    mayNot: [
      "@/db",
      "@/db/client",
      "@/lib/ledger/read",
      "@/lib/services/result",
      "@/lib/queries/wallet",
      "@/lib/api/app",
    ],
  },
];

const climbing = "../planted";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "layers-"));
  await copyFile("biome.json", join(folder, "biome.json"));
  for (const { path, may, mayNot } of layers) await plant(path, [...may, ...mayNot, climbing]);
  refused = await lint();
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A file of one import a line: line n imports the n-th. */
async function plant(path: string, imports: readonly string[]): Promise<void> {
  const lines = imports.map((from, index) => `import { planted as planted${index} } from "${from}";`);
  const names = imports.map((_, index) => `planted${index}`);
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), `${lines.join("\n")}\nexport const all = [${names.join(", ")}];\n`);
}

/** Runs the project's own rules over the planted files. */
async function lint(): Promise<Map<string, string[]>> {
  const args = ["lint", "--reporter=github", "--max-diagnostics=none", "--vcs-enabled=false", "."];
  const report = await new Promise<string>((done) => {
    execFile(resolve("node_modules/.bin/biome"), args, { cwd: folder }, (_, stdout) => done(stdout));
  });
  const found = [...report.matchAll(/title=lint\/style\/noRestrictedImports,file=([^,]+),line=(\d+)/g)];
  const byFile = new Map<string, string[]>();
  for (const [, file = "", line = ""] of found) {
    const layer = layers.find(({ path }) => file.endsWith(path));
    const imported = layer && [...layer.may, ...layer.mayNot, climbing][Number(line) - 1];
    if (layer && imported) byFile.set(layer.path, [...(byFile.get(layer.path) ?? []), imported]);
  }
  return byFile;
}

test.each(layers)("a planted violation of $path is caught, and nothing else is", ({ path, mayNot }) => {
  expect(refused.get(path)?.sort()).toEqual([...mayNot, climbing].sort());
});
