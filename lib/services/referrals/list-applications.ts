import { and, desc, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { accounts } from "@/db/schema/accounts";
import { applications } from "@/db/schema/programs";
import type { Application } from "./apply";

/** An application with its referrer's name. */
export interface NamedApplication {
  application: Application;
  account: string;
}

/** Where a page of applications ended. */
export interface ApplicationPlace {
  submittedAt: Date;
  reference: string;
}

/** Applications, newest first, those after the place `after` where it is given. */
export const listApplications = (
  db: Db,
  { limit, after }: { limit: number; after: ApplicationPlace | null },
): Promise<NamedApplication[]> =>
  db
    .select({ application: applications, account: accounts.externalId })
    .from(applications)
    .innerJoin(accounts, and(eq(accounts.lane, applications.lane), eq(accounts.id, applications.accountId)))
    .where(
      after
        ? sql`(${applications.submittedAt}, ${applications.reference}) < (${after.submittedAt.toISOString()}, ${after.reference})`
        : undefined,
    )
    .orderBy(desc(applications.submittedAt), desc(applications.reference))
    .limit(limit);

export async function nameApplication(db: Db, application: Application): Promise<NamedApplication> {
  const [row] = await db
    .select({ account: accounts.externalId })
    .from(accounts)
    .where(and(eq(accounts.lane, application.lane), eq(accounts.id, application.accountId)));
  if (!row) throw new Error(`Application ${application.reference} belongs to nobody`);
  return { application, account: row.account };
}
