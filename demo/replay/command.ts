import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { homeFolder } from "@/demo/folders";
import { type ApiAddress, MachineApi } from "@/demo/machine-api/client";
import { localKey } from "@/demo/machine-api/local-key";
import { readRunRecord } from "@/demo/run-record";
import { codeOf, reasonOf } from "@/demo/stop";
import { grouped, Progress, secondsText } from "./progress";
import { type Replayed, replay } from "./replay";
import { readTrace, type Trace } from "./trace";

const usage = "Usage: npm run replay -- FILE [--price-factor N] [--url http://HOST:PORT --key tsk_…]";

/** `npm run replay`: plays a trace of real usage through the public API and prints what came of it. */
async function main(): Promise<void> {
  const { file, priceFactor, url, key } = readWords(process.argv.slice(2));
  const trace = readTrace(read(file));
  const api = new MachineApi(await addressOf({ url, key }));
  const progress = new Progress(process.stderr);
  show(trace, await replay(api, trace, { priceFactor, onProgress: progress.report }));
}

interface Words {
  file: string;
  priceFactor: bigint;
  url: string | undefined;
  key: string | undefined;
}

function readWords(words: string[]): Words {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { "price-factor": { type: "string", default: "1" }, url: { type: "string" }, key: { type: "string" } },
  });
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0) throw new Error(usage);
  if (!/^[1-9]\d{0,5}$/.test(values["price-factor"])) {
    throw new Error("--price-factor must be a whole number from 1 to 999999.");
  }
  return { file, priceFactor: BigInt(values["price-factor"]), url: values.url, key: values.key };
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const reason = codeOf(error) === "ENOENT" ? "there is no such file" : reasonOf(error);
    throw new Error(`${file} cannot be read: ${reason}.`, { cause: error });
  }
}

/** What was asked for; otherwise the local instance, and a key made for it. */
async function addressOf({ url, key }: Pick<Words, "url" | "key">): Promise<ApiAddress> {
  const address = url ?? process.env.NEXTAUTH_URL ?? readRunRecord(homeFolder())?.url;
  if (!address) throw new Error(`Tell where the API is with --url, or run npm start first.\n${usage}`);
  if (key) return { url: address, key };
  const databaseUrl = process.env.DATABASE_URL;
  if (!databaseUrl) throw new Error(`Give a key with --key; npm run key -- --scopes admin --name replay makes one.`);
  return { url: address, key: await localKey({ databaseUrl, home: homeFolder(), name: "replay", scopes: ["admin"] }) };
}

function show(trace: Trace, { made, tookMs, ...totals }: Replayed): void {
  const lines = [
    ["trace", `${trace.name} on ${totals.sku}`],
    ["new", `${grouped(made.accounts)} accounts, ${grouped(made.deposits)} deposits, ${grouped(made.events)} events`],
    ["events", grouped(totals.events)],
    ["customers", grouped(totals.customers)],
    ["charged", `$${totals.charged}`],
    ["triggers reached", grouped(totals.triggersReached)],
    ["commission", `$${totals.commission}`],
    ["royalty", `$${totals.royalty}`],
    ["bonuses drawn", `${grouped(totals.bonuses.count)}, $${totals.bonuses.amount}`],
    ["seconds", secondsText(tookMs)],
  ];
  for (const [name = "", value] of lines) console.log(`${name.padEnd(16)}  ${value}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
