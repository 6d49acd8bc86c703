import { pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "@/db/columns";

/** Keys of the machine API. Only the SHA-256 of a key is kept. */
export const apiKeys = pgTable("api_keys", {
  hash: text().primaryKey(),
  name: text().notNull(),
  /** Comma-separated: ingest, read, admin. */
  scopes: text().notNull(),
  createdAt: instant().notNull(),
  revokedAt: instant(),
});
