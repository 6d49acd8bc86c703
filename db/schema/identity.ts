import { integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "@/db/columns";

/** A person who signs in. Columns as next-auth's adapter wants them; provider tokens are never kept. */
export const users = pgTable("users", {
  id: text().primaryKey(),
  name: text(),
  email: text().notNull().unique(),
  emailVerified: instant(),
  image: text(),
  /** How this person signed in first, once that way was taken away; null while it is among theirs. */
  firstWay: text(),
});

export const signIns = pgTable(
  "sign_ins",
  {
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    type: text().notNull().$type<"oauth" | "oidc" | "email">(),
    provider: text().notNull(),
    providerAccountId: text().notNull(),
    refresh_token: text("refresh_token"),
    access_token: text("access_token"),
    expires_at: integer("expires_at"),
    token_type: text("token_type"),
    scope: text("scope"),
    id_token: text("id_token"),
    session_state: text("session_state"),
    /** When it was added to the first one; null for the first. */
    linkedAt: instant(),
  },
  (t) => [primaryKey({ columns: [t.provider, t.providerAccountId] })],
);

export const sessions = pgTable("sessions", {
  sessionToken: text().primaryKey(),
  userId: text()
    .notNull()
    .references(() => users.id, { onDelete: "cascade" }),
  expires: instant().notNull(),
  /** A way to sign in that is to be added to this person's, and until when: asked for in this very browser. */
  linkWay: text({ enum: ["google", "github", "email"] }),
  linkUntil: instant(),
  /** The browser and its system, in our own words; null where they were not told. */
  browser: text(),
});

export const verificationTokens = pgTable(
  "verification_tokens",
  { identifier: text().notNull(), token: text().notNull(), expires: instant().notNull() },
  (t) => [primaryKey({ columns: [t.identifier, t.token] })],
);
