import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accounts } from "@/db/schema/accounts";
import { users } from "@/db/schema/identity";
import { type Books, openBooks, settled } from "@/lib/queries/testing/books";
import { showFirstName } from "@/lib/services/referrals/show-first-name";
import { closeAccount } from "./close-account";
import { type OpenedAccount, openAccount } from "./open-account";
import { PERSON_NAME_MAX } from "./person-name";
import { renameAccount } from "./rename-account";

let books: Books;
beforeAll(async () => {
  books = await openBooks();
});
afterAll(() => books.close());

const signIn = (userId: string, name?: string) =>
  settled(
    openAccount(books.ctx, {
      userId,
      email: `${userId}@example.com`,
      emailVerified: true,
      ...(name === undefined ? {} : { name }),
    }),
  );

async function arrive(userId: string, name?: string): Promise<OpenedAccount> {
  await books.ctx.db.insert(users).values({ id: userId, email: `${userId}@example.com`, name: name ?? null });
  return signIn(userId, name);
}

const rename = (account: OpenedAccount, name: string) => renameAccount(books.ctx, { account, name });

async function namesOf(userId: string, { id }: OpenedAccount) {
  const [account] = await books.ctx.db.select().from(accounts).where(eq(accounts.id, id));
  const [person] = await books.ctx.db.select().from(users).where(eq(users.id, userId));
  return { account: account?.name, person: person?.name, shown: account?.firstNameShown };
}

test("a name is one line, the same for the account and its person, and outlives every later sign-in", async () => {
  const ada = await arrive("ada");
  expect(await namesOf("ada", ada)).toMatchObject({ account: null, person: null });
  expect(await rename(ada, "  Ada\t King \n Lovelace ")).toMatchObject({ ok: true, created: true });
  await signIn("ada", "Countess");
  const kept = { account: "Ada King Lovelace", person: "Ada King Lovelace" };
  expect(await namesOf("ada", ada)).toMatchObject(kept);
  expect(await rename(ada, kept.account)).toMatchObject({ ok: true, created: false });
});

test("a name that is taken away, or has no first word to show, is not shown again until that is allowed again", async () => {
  const ravi = await arrive("ravi", "Ravi Patel");
  for (const [name, kept] of [
    ["", null],
    ["$500 for you", "$500 for you"],
  ] as const) {
    await showFirstName(books.ctx, { account: ravi, shown: true });
    await rename(ravi, "Rafi");
    expect(await namesOf("ravi", ravi)).toEqual({ account: "Rafi", person: "Rafi", shown: true });
    expect(await rename(ravi, name)).toMatchObject({ ok: true, value: { name: kept } });
    await rename(ravi, "Ravi Patel");
    expect(await namesOf("ravi", ravi)).toEqual({ account: "Ravi Patel", person: "Ravi Patel", shown: false });
  }
});

test("what cannot be a name changes nothing, and nobody else's name changes", async () => {
  const [mia, teo] = [await arrive("mia", "Mia"), await arrive("teo", "Teo")];
  for (const name of ["x".repeat(PERSON_NAME_MAX + 1), "Mia\u0000", "Mi\u0007a", "\ud83c"]) {
    expect(await rename(mia, name)).toMatchObject({ ok: false, problem: { code: "invalid", path: "name" } });
  }
  expect(await namesOf("mia", mia)).toMatchObject({ account: "Mia", person: "Mia" });
  await rename(mia, "x".repeat(PERSON_NAME_MAX));
  expect(await namesOf("teo", teo)).toMatchObject({ account: "Teo", person: "Teo" });
});

test("an account that is being closed keeps no name, however the two race", async () => {
  for (let round = 0; round < 10; round += 1) {
    const userId = `leaving-${round}`;
    const account = await arrive(userId, "Cleo");
    const [, closed] = await Promise.all([
      rename(account, "Cleopatra"),
      closeAccount(books.ctx, { account, paid: null }),
    ]);
    expect(closed).toMatchObject({ ok: true });
    expect(await namesOf(userId, account)).toEqual({ account: null, person: undefined, shown: false });
    expect(await rename(account, "Cleo")).toMatchObject({ ok: false, problem: { code: "invalid" } });
  }
});

test("an imported account keeps the platform's name for it, and takes its person's where it has none", async () => {
  const imported = await books.account({ externalId: "ivan", name: "Ivan I." });
  const nameless = await books.account({ externalId: "ines" });
  expect((await arrive("ivan", "Ivan")).id).toBe(imported.id);
  expect((await arrive("ines", "Ines")).id).toBe(nameless.id);
  expect(await namesOf("ivan", imported)).toMatchObject({ account: "Ivan I." });
  expect(await namesOf("ines", nameless)).toMatchObject({ account: "Ines", person: "Ines" });
});
