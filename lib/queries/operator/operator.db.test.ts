import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Books, openBooks, settled } from "@/lib/queries/testing/books";
import { addOperator } from "@/lib/services/operators/add-operator";
import { removeOperator } from "@/lib/services/operators/remove-operator";
import { joinAccounts } from "@/lib/services/reviews/join-accounts";
import { accountView, findAccounts } from "./accounts";
import { AUDIT_PAGE_SIZE, type AuditLine, auditPage } from "./audit";
import { joins } from "./clusters";
import { operatorList } from "./operators";
import { waiting } from "./overview";
import { programViews } from "./programs";
import { quarantinedSubjects } from "./quarantine";
import { reviewsToDecide, reviewView } from "./reviews";

vi.mock("server-only", () => ({}));
vi.mock("next/server", () => ({ connection: async () => {} }));

let books: Books;

beforeAll(async () => {
  books = await openBooks();
});
afterAll(() => books.close());

test("the audit log is told newest first, page by page, each act once, and by actor or subject alone", async () => {
  const acts = AUDIT_PAGE_SIZE + 7;
  for (let act = 0; act < acts; act += 1) {
    const change = act % 2 === 0 ? addOperator : removeOperator;
    await settled(change(books.ctx, { email: "ada@example.com", actor: "command", reason: `${act}` }));
  }
  await addOperator(books.ctx, { email: "bob@example.com", actor: "ada@example.com", reason: "other" });
  const all = { actor: undefined, subject: undefined };
  const lines: AuditLine[] = [];
  let before: bigint | null = null;
  do {
    const page: Awaited<ReturnType<typeof auditPage>> = await auditPage({ ...all, before });
    lines.push(...page.lines);
    before = page.next === null ? null : BigInt(page.next);
  } while (before !== null);
  expect(lines.map(({ reason }) => reason)).toEqual([
    "other",
    ...Array.from({ length: acts }, (_, index) => `${acts - 1 - index}`),
  ]);
  const bySubject = await auditPage({ ...all, subject: "bob@example.com", before: null });
  expect(bySubject.lines.map(({ actor }) => actor)).toEqual(["ada@example.com"]);
  const byActor = await auditPage({ ...all, actor: "ada@example.com", before: null });
  expect(byActor).toMatchObject({ lines: [{ subject: "bob@example.com", outcome: "done" }], next: null });
  expect((await operatorList()).map(({ email }) => email)).toEqual(["ada@example.com", "bob@example.com"]);
});

test("an account is found by the whole of its name, e-mail, referral code or id, and by nothing less", async () => {
  const { id } = await books.account({ externalId: "found" });
  const view = await accountView(id);
  if (!view) throw new Error("not found by its id");
  for (const text of ["found", " Found@Example.com ", view.referralCode, id, id.toUpperCase()]) {
    expect(
      (await findAccounts(text)).map((each) => each.id),
      text,
    ).toEqual([id]);
  }
  for (const text of ["", "foun", "found%", "@example.com", "00000000-0000-0000-0000-000000000000"]) {
    expect(await findAccounts(text), text).toEqual([]);
  }
  expect(await accountView("found")).toBeNull();
});

test("events of unknown accounts are told by subject, the longest waiting first, and counted", async () => {
  await books.use([{ subject: "unknown-1", amount: "1" }]);
  await books.use([
    { subject: "unknown-2", amount: "1" },
    { subject: "unknown-2", amount: "2" },
  ]);
  const { subjects, hasMore } = await quarantinedSubjects();
  expect(subjects.map(({ subject, events, reason }) => [subject, events, reason])).toEqual([
    ["unknown-1", 1, "unknown_subject"],
    ["unknown-2", 2, "unknown_subject"],
  ]);
  expect(hasMore).toBe(false);
  const { quarantined, oldest } = await waiting();
  expect([quarantined, oldest.event]).toEqual([3, subjects[0]?.oldest]);
});

test("a pair that was joined into a cluster is held, told with what hangs on it, and counted", async () => {
  const referrer = await books.account({ externalId: "referrer" });
  const code = (await accountView(referrer.id))?.referralCode ?? "";
  const referred = await books.account({ externalId: "referred", referralCode: code });
  await books.deposit(referred, "20");
  await books.use([{ subject: "referred", amount: "4" }]);
  const input = { accounts: [referrer, referred], reason: "The same passport", actor: "ada@example.com" };
  const cluster = await settled(joinAccounts(books.ctx, input));
  expect((await joins()).map(({ clusterId, account }) => [clusterId, account.externalId]).sort()).toEqual([
    [cluster.id, "referred"],
    [cluster.id, "referrer"],
  ]);
  const { open } = await reviewsToDecide(undefined);
  expect(open).toMatchObject([
    { kind: "pair", account: "referred", beneficiary: "referrer", commission: { accrued: "0.12" }, bonusMost: null },
  ]);
  expect((await waiting()).reviews).toBe(1);
  expect(await reviewView(open[0]?.id ?? "")).toMatchObject({ account: "referred", state: "open" });
  expect(await reviewView("no id")).toBeNull();
});

test("only programs that draw have a budget; every program in force has its sentences", async () => {
  const programs = await programViews();
  expect(programs.map(({ program, settings }) => [program, settings !== null])).toEqual([
    ["signup-bonus", true],
    ["referral", true],
    ["template-beta", false],
  ]);
  for (const { sentences } of programs) expect(sentences.conditions.length).toBeGreaterThan(0);
});
