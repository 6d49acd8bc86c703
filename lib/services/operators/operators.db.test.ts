import { execFile } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { users } from "@/db/schema/identity";
import { addOperator } from "./add-operator";
import { listOperators } from "./list-operators";
import { operatorCommand } from "./operator-command";
import { operatorSignedIn } from "./operator-signed-in";
import { removeOperator } from "./remove-operator";
import { type Desk, openDesk } from "./testing/desk";

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const run = (...words: string[]) => operatorCommand(desk.ctx, words, "http://localhost:3000");

async function person(id: string, email: string, emailVerified: Date | null = new Date()) {
  await desk.ctx.db.insert(users).values({ id, email, emailVerified });
}

describe("an operator", () => {
  test("is whoever proved the address, however it was written, from the next look on", async () => {
    await person("u1", "ada@example.com");
    expect(await operatorSignedIn(desk.ctx.db, "u1")).toBeNull();
    await addOperator(desk.ctx, { email: " Ada@Example.com ", actor: "command", reason: "Runs support" });
    expect(await operatorSignedIn(desk.ctx.db, "u1")).toEqual({ email: "ada@example.com" });
    await removeOperator(desk.ctx, { email: "ADA@example.com", actor: "command", reason: "Left" });
    expect(await operatorSignedIn(desk.ctx.db, "u1")).toBeNull();
  });

  test("is nobody whose address was not verified", async () => {
    await person("u2", "bob@example.com", null);
    await addOperator(desk.ctx, { email: "bob@example.com", actor: "command", reason: "Test" });
    expect(await operatorSignedIn(desk.ctx.db, "u2")).toBeNull();
  });

  test("is added once however often it is asked for, and with one line in the audit log", async () => {
    const add = () => addOperator(desk.ctx, { email: "cy@example.com", actor: "command", reason: "Test" });
    const made = (await Promise.all([add(), add(), add()])).map((result) => result.ok && result.created);
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await desk.lines("cy@example.com")).toEqual([
      { actor: "command", act: "operator.add", reason: "Test", outcome: "done", detail: {} },
    ]);
  });
});

describe("npm run operator", () => {
  test("makes an operator of somebody who never signed in, and says where to sign in", async () => {
    expect(await run("Dora@example.com")).toEqual([
      "dora@example.com is an operator now.",
      "Sign in as dora@example.com at http://localhost:3000/sign-in?next=%2Foperator",
    ]);
    expect(await run("dora@example.com")).toEqual([
      expect.stringMatching(/^dora@example\.com is an operator already, since 20/),
      expect.stringContaining("/sign-in?next=%2Foperator"),
    ]);
    expect(await run("--list")).toContainEqual(expect.stringMatching(/^dora@example\.com .* has not signed in yet$/));
    expect((await listOperators(desk.ctx.db)).map(({ email }) => email)).toContain("dora@example.com");
  });

  test("ends it, and says so when there was nothing to end", async () => {
    await run("eva@example.com", "--reason", "Holiday cover");
    expect(await run("--remove", "eva@example.com")).toEqual(["eva@example.com is no operator any more."]);
    await expect(run("--remove", "eva@example.com")).rejects.toThrow("eva@example.com is no operator.");
    expect((await desk.lines("eva@example.com")).map(({ act, outcome, reason }) => [act, outcome, reason])).toEqual([
      ["operator.add", "done", "Holiday cover"],
      ["operator.remove", "done", "by npm run operator on the server"],
      ["operator.remove", "refused", "by npm run operator on the server"],
    ]);
  });

  test("refuses what is no address, and keeps the refusal", async () => {
    await expect(run("not-an-address")).rejects.toThrow("not-an-address is not an e-mail address.");
    expect(await desk.lines("not-an-address")).toMatchObject([{ act: "operator.add", outcome: "refused" }]);
  });

  test.each([
    [[]],
    [["a@b.cd", "e@f.gh"]],
    [["--list", "a@b.cd"]],
    [["--remove"]],
    [["--what"]],
    [["a@b.cd", "--reason", " "]],
  ])("answers %j with how it is used, and does nothing", async (words) => {
    const before = await listOperators(desk.ctx.db);
    await expect(run(...words)).rejects.toThrow("Usage: npm run operator");
    expect(await listOperators(desk.ctx.db)).toEqual(before);
  });

  test("runs as a command of the server, with its exit code", async () => {
    const command = (...words: string[]) =>
      new Promise<{ code: number; out: string; error: string }>((done) => {
        const script = ["lib/run.mjs", "lib/services/operators/command.ts", ...words];
        const env = { ...process.env, DATABASE_URL: desk.url, NEXTAUTH_URL: "http://localhost:3000" };
        execFile(process.execPath, script, { env }, (failure, out, error) =>
          done({ code: failure ? Number(failure.code) : 0, out, error }),
        );
      });
    expect(await command("fay@example.com")).toMatchObject({
      code: 0,
      out: expect.stringContaining("fay@example.com is an operator now."),
    });
    expect(await command("--remove", "nobody@example.com")).toMatchObject({
      code: 1,
      error: "nobody@example.com is no operator.\n",
    });
  });
});
