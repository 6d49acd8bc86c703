import { db } from "@/db/client";
import type { Context } from "@/lib/services/context";

/** What verbs are given in this process: its database and its clock. */
export const context = (): Context => ({ db: db(), clock: () => new Date() });
