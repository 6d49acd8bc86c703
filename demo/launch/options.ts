import { homeFolder } from "@/demo/folders";
import { Stop } from "@/demo/stop";

export interface Options {
  /** Where state is kept. */
  home: string;
  /** Where the product is served. */
  port: number;
  /** An operator's own Postgres, instead of the one that comes along. */
  databaseUrl: string | undefined;
  /**
   * - `show`: what `npm start` does
   * - `dev`: the same from sources, reloading
   * - `test`: for browser tests: an empty database, nobody in it, no fleet
   */
  mode: "show" | "dev" | "test";
}

/** @throws Stop naming what is wrong with the variables or the options. */
export function readOptions(words: readonly string[], environment: NodeJS.ProcessEnv): Options {
  const unknown = words.find((word) => word !== "--dev" && word !== "--test");
  if (unknown !== undefined) throw new Stop(`There is no option ${unknown}; there are --dev and --test.`);
  const text = environment.PORT || "3000";
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new Stop(`PORT is ${text}; it must be a number from 1 to 65535.`);
  }
  const databaseUrl = environment.DATABASE_URL || undefined;
  if (databaseUrl !== undefined && !/^postgres(ql)?:\/\/[^/]+\/.+/.test(databaseUrl)) {
    throw new Stop("DATABASE_URL must read postgres://USER:PASSWORD@HOST:PORT/DATABASE.");
  }
  const mode = words.includes("--test") ? "test" : words.includes("--dev") ? "dev" : "show";
  return { home: homeFolder(environment), port, databaseUrl, mode };
}
