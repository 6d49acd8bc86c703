import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabase, type TestDatabase } from "@/db/testing/database";
import { processRoles } from "./roles";

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.close());

test.each(processRoles)("the %s process enters as a member of its own role, and no more", async (role) => {
  const sql = postgres(database.url(role), { max: 1 });
  const [row] = await sql`
    SELECT pg_has_role(${`tenspot_${role}`}, 'MEMBER') AS member,
           (SELECT bool_or(rolsuper OR rolcreaterole OR rolcreatedb) FROM pg_roles WHERE rolname = current_user) AS powers,
           (SELECT count(*)::int FROM unnest(${[...processRoles]}::text[]) AS other
             WHERE other <> ${role} AND pg_has_role('tenspot_' || other, 'MEMBER')) AS others`;
  await sql.end();
  expect(row).toEqual({ member: true, powers: false, others: 0 });
});

test("the reader's login cannot write", async () => {
  const sql = postgres(database.url("reader"), { max: 1 });
  await expect(
    sql`INSERT INTO account_names (name, lane, account_id) VALUES ('x', 0, gen_random_uuid())`,
  ).rejects.toThrow(/permission denied/);
  await sql.end();
});

test("databases of two files do not see each other's rows", async () => {
  const other = await createDatabase();
  const names = await Promise.all(
    [database, other].map(async ({ url }) => {
      const sql = postgres(url("owner"), { max: 1 });
      const [row] = await sql`SELECT current_database() AS name`;
      await sql.end();
      return row?.name;
    }),
  );
  await other.close();
  expect(new Set(names).size).toBe(2);
});
