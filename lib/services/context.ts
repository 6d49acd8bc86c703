import type { Db } from "@/db/client";

/** What every verb is given: where the data is and what time it is. */
export interface Context {
  db: Db;
  clock: () => Date;
}
