import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { OpenedAccount } from "@/lib/services/accounts/open-account";
import { sweep } from "@/lib/services/programs/sweep";
import { registerOwnTemplate } from "@/lib/services/templates/register-own-template";
import { registerTemplate } from "@/lib/services/templates/register-template";
import { renameTemplate } from "@/lib/services/templates/rename-template";
import { royaltiesEarned } from "./earnings";
import { sharedTemplate } from "./shared-template";
import { templateOf, templatesPage } from "./templates";
import { type Books, openBooks, settled } from "./testing/books";

vi.mock("server-only", () => ({}));
vi.mock("next/server", () => ({ connection: async () => {} }));

let books: Books;

beforeAll(async () => {
  books = await openBooks();
});

afterAll(() => books.close());

const DAY_MS = 86_400_000;

const register = (creator: OpenedAccount, externalId: string) =>
  settled(registerTemplate(books.ctx, { externalId, creator, name: `Name of ${externalId}` }));

async function user(externalId: string, money: string) {
  const account = await books.account({ externalId });
  await books.deposit(account, money);
  return account;
}

describe("a creator", () => {
  test("sees runtime, users, spend and royalty; a millisecond short of the gate all of it is pending", async () => {
    const creator = await user("c1", "5");
    await register(creator, "t1");
    for (const name of ["c1-a", "c1-b"]) await user(name, "20");
    await books.use([
      { subject: "c1-a", template: "t1", amount: "10.000000001", durationMs: DAY_MS / 2 },
      { subject: "c1-b", template: "t1", amount: "8.144", durationMs: DAY_MS / 4 },
      { subject: "c1", template: "t1", amount: "1", durationMs: DAY_MS / 4 - 1 },
    ]);
    await sweep(books.ctx);
    const { templates } = await templatesPage(creator, null);
    expect(templates).toEqual([
      expect.objectContaining({
        externalId: "t1",
        runtimeMs: String(DAY_MS - 1),
        gate: { runtimeMs: String(DAY_MS), remainingMs: "1", percent: 99.99, isMet: false, metAt: null },
        users: 2,
        spend: "18.144000001",
        rate: "1%",
        royalty: { accrued: "0.18144000001", pending: "0.18144", released: "0" },
      }),
    ]);

    await books.use([{ subject: "c1-a", template: "t1", amount: "0", durationMs: 1 }]);
    const met = await templateOf(creator, "t1", { days: 7 });
    expect(met?.template.gate, "before the next sweep").toMatchObject({ isMet: true, remainingMs: "0", metAt: null });
    expect(met?.conditions).toMatchObject([{ name: "runtime", state: "met" }]);
    await sweep(books.ctx);
    const after = await templateOf(creator, "t1", { days: 7 });
    expect(after?.template.gate).toMatchObject({ remainingMs: "0", percent: 100, metAt: expect.any(String) });
    expect(after?.template.royalty).toEqual({ accrued: "0.18144000001", pending: "0", released: "0.18144" });
    expect(await royaltiesEarned(creator)).toEqual(after?.template.royalty);
  });

  test("sees every day of the period, oldest first, and usage on the day it ended", async () => {
    const creator = await user("c2", "5");
    await register(creator, "t2");
    await user("c2-a", "20");
    const yesterday = new Date(Date.now() - DAY_MS);
    await books.use([{ subject: "c2-a", template: "t2", amount: "2", durationMs: 3_600_000, time: yesterday }]);
    const { history } = (await templateOf(creator, "t2", { days: 3 })) ?? { history: [] };
    expect(history).toHaveLength(3);
    expect(history.map(({ start }) => start)).toEqual(history.map(({ start }) => start).sort());
    expect(history.filter(({ runtimeMs, spend }) => runtimeMs !== "0" || spend !== "0")).toEqual([
      { start: yesterday.toISOString().slice(0, 10), runtimeMs: "3600000", spend: "2" },
    ]);
  });

  test("sees its own templates alone, each once over all pages", async () => {
    const creator = await books.account({ externalId: "c3" });
    const other = await books.account({ externalId: "c3-other" });
    for (let index = 0; index < 21; index += 1) await register(creator, `t3-${index}`);
    const first = await templatesPage(creator, null);
    const second = await templatesPage(creator, first.next);
    const names = [...first.templates, ...second.templates].map(({ externalId }) => externalId);
    expect(new Set(names).size).toBe(21);
    expect(second.next).toBeNull();
    expect(await templatesPage(other, null)).toEqual({ templates: [], next: null });
    expect(await templateOf(other, "t3-0", { days: 7 })).toBeNull();
    expect(await templateOf(other, "nothing", { days: 7 })).toBeNull();
    expect(await templateOf(creator, "t3-0\u0000", { days: 7 })).toBeNull();
    expect(await templatesPage(creator, "\u0000")).toEqual(first);
  });
});

describe("a template of one's own", () => {
  const own = (creator: OpenedAccount, slug: string, name = "My template") =>
    registerOwnTemplate(books.ctx, { creator: { ...creator }, name, slug });

  test("is registered under the creator's own name, so that nobody claims what another's pods are reported by", async () => {
    const creator = await books.account({ externalId: "c4" });
    const other = await books.account({ externalId: "c4-other" });
    await user("c4-user", "20");
    await books.use([{ subject: "c4-user", template: "c4/sdxl", amount: "3", durationMs: 3_600_000 }]);
    expect(await own(other, "sdxl")).toMatchObject({ ok: true, value: { externalId: "c4-other/sdxl" } });
    expect(await own(creator, " SDXL ")).toMatchObject({ ok: true, created: true, value: { externalId: "c4/sdxl" } });
    expect(await own(creator, "sdxl")).toMatchObject({ ok: true, created: false });
    expect(await own(creator, "sdxl", "Another name")).toMatchObject({ ok: false, problem: { path: "slug" } });
    expect((await templateOf(creator, "c4/sdxl", { days: 7 }))?.template).toMatchObject({ spend: "3", users: 1 });
  });

  test.each(["", "-a", "a/b", "a b", "ä", "a".repeat(65)])(
    "is refused the id %j, and nothing is registered",
    async (slug) => {
      const creator = await books.account({
        externalId: `c5-${slug.length}-${Buffer.from(slug).toString("hex").slice(0, 8)}`,
      });
      expect(await own(creator, slug)).toMatchObject({ ok: false, problem: { code: "invalid", path: "slug" } });
      expect((await templatesPage(creator, null)).templates).toEqual([]);
    },
  );

  test("is renamed by its creator alone, every name remembered, and stays the same to who registered it", async () => {
    const creator = await books.account({ externalId: "c6" });
    const other = await books.account({ externalId: "c6-other" });
    await register(creator, "t6");
    const rename = (account: OpenedAccount, name: string) =>
      renameTemplate(books.ctx, { creator: account, externalId: "t6", name });
    expect(await rename(other, "Mine now")).toMatchObject({ ok: false, problem: { code: "not_found" } });
    expect(await rename(creator, "  ")).toMatchObject({ ok: false, problem: { path: "name" } });
    expect(await rename(creator, " Second  name ")).toMatchObject({ ok: true, value: { name: "Second name" } });
    expect(await rename(creator, "Second name")).toMatchObject({ ok: true, created: false });
    expect(await rename(creator, "Third")).toMatchObject({ ok: true, created: true });
    expect((await templateOf(creator, "t6", { days: 7 }))?.template).toMatchObject({ name: "Third", externalId: "t6" });
    const names = await books.ctx.db.$client`select number, before, after from template_renames order by number`;
    expect([...names]).toEqual([
      { number: 1, before: "Name of t6", after: "Second name" },
      { number: 2, before: "Second name", after: "Third" },
    ]);
    expect(await register(creator, "t6"), "the request it was registered by").toMatchObject({ name: "Third" });
    await expect(books.ctx.db.$client`delete from template_renames`).rejects.toThrow(/permission denied/);
    await expect(
      books.ctx.db.$client`update templates set terms_id = terms_id + 1 where external_id = 't6'`,
    ).rejects.toThrow(/what is fixed stays fixed/);
  });

  test("is read by who has its creator's code as well as its id", async () => {
    const creator = await books.account({ externalId: "c7" });
    await own(creator, "sdxl");
    const { shareUrl } = (await templateOf(creator, "c7/sdxl", { days: 7 })) ?? { shareUrl: "" };
    const path = new URL(shareUrl).searchParams.get("next") ?? "";
    expect(path).toMatch(/^\/t\/[^/]+\/c7\/sdxl$/);
    const code = path.split("/")[2] ?? "";
    expect(new URL(shareUrl).pathname).toBe(`/r/${code}`);
    expect(await sharedTemplate(code, "c7/sdxl")).toEqual({ name: "My template", externalId: "c7/sdxl" });
    expect(await sharedTemplate("nobody", "c7/sdxl")).toBeNull();
    expect(await sharedTemplate(code, "c7/other")).toBeNull();
    expect(await sharedTemplate(code, "c7\u0000")).toBeNull();
  });
});
