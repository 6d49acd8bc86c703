import { and, desc, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { accounts } from "@/db/schema/accounts";
import { applications } from "@/db/schema/programs";
import type { Application } from "./apply";

/** An application with its referrer's name. */
export interface NamedApplication {
  application: Application;
  account: string;
}

const SHOWN_MAX = 1_000;

/** Applications, newest first, at most a thousand. */
export const listApplications = (db: Db): Promise<NamedApplication[]> =>
  db
    .select({ application: applications, account: accounts.externalId })
    .from(applications)
    .innerJoin(accounts, and(eq(accounts.lane, applications.lane), eq(accounts.id, applications.accountId)))
    .orderBy(desc(applications.submittedAt))
    .limit(SHOWN_MAX);

export async function nameApplication(db: Db, application: Application): Promise<NamedApplication> {
  const [row] = await db
    .select({ account: accounts.externalId })
    .from(accounts)
    .where(and(eq(accounts.lane, application.lane), eq(accounts.id, application.accountId)));
  if (!row) throw new Error(`Application ${application.reference} belongs to nobody`);
  return { application, account: row.account };
}
