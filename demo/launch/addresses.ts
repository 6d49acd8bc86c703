import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { freePort } from "@/demo/processes/ports";

const Ports = z.object({
  identity: z.number(),
  payments: z.number(),
  smtp: z.number(),
  inbox: z.number(),
});
export type Ports = z.infer<typeof Ports>;

/** Ports for the stand-ins: those of the last run where they are free, else those after the web's own, else any. */
export async function portsFor(home: string, webPort: number): Promise<Ports> {
  const file = path.join(home, "ports.json");
  const last = readPorts(file);
  const taken = new Set([webPort]);
  const choose = async (remembered: number | undefined, offset: number): Promise<number> => {
    const wanted = [remembered, webPort + offset].filter((port) => port !== undefined && port <= 65_535);
    const port = await freePort(wanted.filter((one) => !taken.has(one ?? 0)));
    taken.add(port);
    return port;
  };
  const ports = {
    identity: await choose(last?.identity, 1),
    payments: await choose(last?.payments, 2),
    inbox: await choose(last?.inbox, 3),
    smtp: await choose(last?.smtp, 4),
  };
  writeFileSync(file, JSON.stringify(ports));
  return ports;
}

function readPorts(file: string): Ports | undefined {
  try {
    return Ports.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}
