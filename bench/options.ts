import { parseArgs } from "node:util";
import { Stop } from "@/demo/stop";

/**
 * How events spread: over accounts evenly, by Zipf's law or half of them on one; evenly, but 90 % on one template; or
 * evenly over accounts whom all the same one referred.
 */
export const spreads = ["uniform", "zipf", "one", "template", "referrer"] as const;
export type Spread = (typeof spreads)[number];

export const wayNames = ["ours", "naive", "copy", "http", "single"] as const;
export type WayName = (typeof wayNames)[number];

export interface Options {
  accounts: number;
  spread: Spread;
  /** Measured time over all rounds and ways; setting up comes on top. */
  seconds: number;
  rounds: number;
  /** Events in one batch, and in one request of the way `http`. */
  batch: number;
  ways: ReadonlySet<WayName>;
}

export const usage = `npm run bench -- [--accounts 100000] [--spread ${spreads.join("|")}] [--seconds 90] [--rounds 15]
                [--batch 1000] [--ways ${wayNames.join(",")}]`;

/** @throws Stop with the usage when an option is unknown or out of bounds. */
export function readOptions(argv: readonly string[]): Options {
  const { values } = parse(argv);
  return {
    accounts: whole("accounts", values.accounts, { min: 1_000, max: 10_000_000, usage }),
    spread: oneOf("spread", values.spread, spreads),
    seconds: whole("seconds", values.seconds, { min: 5, max: 3_600, usage }),
    rounds: whole("rounds", values.rounds, { min: 1, max: 99, usage }),
    batch: whole("batch", values.batch, { min: 1, max: 10_000, usage }),
    ways: new Set(values.ways.split(",").map((name) => oneOf("ways", name, wayNames))),
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        accounts: { type: "string", default: "100000" },
        spread: { type: "string", default: "uniform" },
        seconds: { type: "string", default: "90" },
        rounds: { type: "string", default: "15" },
        batch: { type: "string", default: "1000" },
        ways: { type: "string", default: wayNames.join(",") },
      },
    });
  } catch (error) {
    throw new Stop(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}

interface Bounds {
  min: number;
  max: number;
  /** Printed with what is wrong. */
  usage: string;
}

/** @throws Stop with the usage when an option is no whole number within bounds. */
export function whole(name: string, text: string, { min, max, usage }: Bounds): number {
  const value = Number(text.replaceAll("_", ""));
  if (Number.isSafeInteger(value) && value >= min && value <= max) return value;
  throw new Stop(`--${name} must be a whole number from ${min} to ${max}, not ${text}.\n${usage}`);
}

/** Several, separated by commas. */
export const wholes = (name: string, text: string, bounds: Bounds): number[] =>
  text.split(",").map((each) => whole(name, each, bounds));

function oneOf<T extends string>(name: string, text: string, known: readonly T[]): T {
  const found = known.find((each) => each === text);
  if (found !== undefined) return found;
  throw new Stop(`--${name} knows ${known.join(", ")}, not ${text}.\n${usage}`);
}
