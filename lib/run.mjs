// Runs a TypeScript command: `node lib/run.mjs SCRIPT …`. Without DATABASE_URL it means the local instance, if the
// demo is there to know it; a production checkout has no demo, and the command then says what is missing.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";

const local = !process.env.DATABASE_URL && existsSync("demo/local.ts") ? ["demo/local.ts"] : [];
// A batch lives as long as its transaction: with too little room for young objects each would be copied several times.
const child = spawn(
  process.execPath,
  ["--max-semi-space-size=64", "--import", "tsx", ...local, ...process.argv.slice(2)],
  { stdio: "inherit" },
);
// Ctrl-C reaches the child too; it ends first.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.once("exit", (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)));
