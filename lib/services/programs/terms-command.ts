import { readFile } from "node:fs/promises";
import { z } from "zod";
import { connect } from "@/db/client";
import { readEnv } from "@/lib/env";
import { publishTerms } from "./publish-terms";

const usage = `Usage: npm run terms -- publish FILE.json
The file: {"program": …, "version": …, "effectiveFrom": RFC 3339, "reason": …, "parameters": {…}}
Parameters are those of /.well-known/credit-programs.json.`;

const TermsFile = z.strictObject({
  program: z.string(),
  version: z.string(),
  effectiveFrom: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  reason: z.string(),
  parameters: z.unknown(),
});

async function main(): Promise<void> {
  const [verb, file, ...rest] = process.argv.slice(2);
  if (verb !== "publish" || file === undefined || rest.length > 0) throw new Error(usage);
  const parsed = TermsFile.safeParse(JSON.parse(await readFile(file, "utf8")));
  if (!parsed.success) throw new Error(`${file} is malformed.\n${z.prettifyError(parsed.error)}\n${usage}`);
  const db = connect({
    url: readEnv(["DATABASE_URL"]).DATABASE_URL,
    connectionsMax: 1,
    applicationName: "tenspot-terms",
  });
  try {
    const published = await publishTerms({ db, clock: () => new Date() }, { ...parsed.data, actor: "command" });
    if (!published.ok) throw new Error(`Refused: ${published.problem.detail}.`);
    const { program, version, effectiveFrom, ended } = published.value;
    const since = `${program} ${version} is in force from ${effectiveFrom.toISOString()}`;
    console.log(published.created ? `${since}.` : `${since}: it was published before.`);
    for (const each of ended) console.log(`${program} ${each} ends then; whoever is enrolled in it stays so.`);
  } finally {
    await db.$client.end();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
