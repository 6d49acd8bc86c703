import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { Stop } from "@/demo/stop";

const Keys = z.object({
  nextauthSecret: z.string(),
  beaconSecret: z.string(),
  stripeSecretKey: z.string(),
  stripeWebhookSecret: z.string(),
  googleClientSecret: z.string(),
  githubClientSecret: z.string(),
  passwords: z.object({ web: z.string(), worker: z.string(), reader: z.string() }),
});

/** Every secret of a local run. */
export type Keys = z.infer<typeof Keys>;

/** The secrets kept in `home`, made at random the first time. @throws Stop when the file cannot be read. */
export function keysOf(home: string): Keys {
  const file = path.join(home, "keys.json");
  if (!existsSync(file)) {
    const draft = `${file}.draft`;
    writeFileSync(draft, `${JSON.stringify(newKeys(), null, 2)}\n`, { mode: 0o600 });
    renameSync(draft, file);
  }
  try {
    return Keys.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    throw new Stop(`The keys in ${file} cannot be read; npm run db:reset starts over.`, { cause: error });
  }
}

function newKeys(): Keys {
  const hex = (bytes: number) => randomBytes(bytes).toString("hex");
  return {
    nextauthSecret: hex(32),
    beaconSecret: hex(32),
    stripeSecretKey: `sk_test_${hex(24)}`,
    stripeWebhookSecret: `whsec_${hex(24)}`,
    googleClientSecret: hex(24),
    githubClientSecret: hex(24),
    passwords: { web: hex(24), worker: hex(24), reader: hex(24) },
  };
}
