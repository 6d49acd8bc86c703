import { describe, expect, test } from "vitest";
import { readAsOfView } from "./as-of-view";
import { isSearch, readStatementView, statementHref } from "./statement-view";

describe("a search in the address of a statement", () => {
  test("is nothing where nothing is asked for, and for kinds that are not ours", () => {
    const view = readStatementView({ kind: "made-up", words: "  ", other: "1" });
    expect(isSearch(view)).toBe(false);
    expect(statementHref(view)).toBe("/statement");
    expect(view.wanted).toEqual({ words: [], kind: null, least: null, most: null, since: null, until: null });
  });

  test("is the same again when it is read from the address it makes", () => {
    const asked = {
      words: "rtx4090 a&b",
      kind: "usage",
      from: "2026-05-01",
      to: "2026-05-31",
      least: "1",
      most: "2.5",
    };
    const view = readStatementView(asked);
    const query = new URL(statementHref(view, "/statement", { below: "7" }), "http://localhost").searchParams;
    expect(Object.fromEntries(query)).toEqual({ ...asked, below: "7" });
    expect(readStatementView(Object.fromEntries(query))).toEqual(view);
  });

  test("has whole days, the last one included", () => {
    const { wanted } = readStatementView({ from: "2026-02-28", to: "2026-02-28" });
    expect(wanted.since?.toISOString()).toBe("2026-02-28T00:00:00.000Z");
    expect(wanted.until?.toISOString()).toBe("2026-03-01T00:00:00.000Z");
  });

  test("finds by whole cents all that is shown as them, and by more digits only those", () => {
    expect(readStatementView({ least: "18.14", most: "18.14" }).wanted).toMatchObject({
      least: 18_140_000_000n,
      most: 18_149_999_999n,
    });
    expect(readStatementView({ most: "$1,000" }).wanted.most).toBe(1_000_009_999_999n);
    expect(readStatementView({ most: "0.340000020" }).wanted.most).toBe(340_000_020n);
  });

  test.each([
    ["usage", ["usage", "void"]],
    ["DRAWN", ["bonus"]],
    ["stablecoin", ["deposit:crypto"]],
    [
      "deposit",
      [
        "deposit:card",
        "deposit:crypto",
        "deposit:invoice",
        "refund",
        "refund_failed",
        "chargeback",
        "dispute_won",
        "deposit",
      ],
    ],
    ["rtx4090", []],
  ])("takes the word %s for what is said of %j", (word, kinds) => {
    const [found] = readStatementView({ words: word }).wanted.words;
    expect(new Set(found?.kinds)).toEqual(new Set(kinds));
  });

  test.each([
    [{ from: "2026-02-30" }, "from"],
    [{ to: "yesterday" }, "to"],
    [{ from: "2026-05-02", to: "2026-05-01" }, "to"],
    [{ least: "ten" }, "least"],
    [{ most: "-1" }, "most"],
    [{ least: "5", most: "4.99" }, "most"],
  ] as const)("says of %j what is wrong, keeps it, and does not search by it", (asked, field) => {
    const view = readStatementView(asked);
    expect(Object.keys(view.errors)).toEqual([field]);
    expect(view.typed).toMatchObject(asked);
    expect(view.wanted[({ from: "since", to: "until", least: "least", most: "most" } as const)[field]]).toBeNull();
  });
});

describe("an instant in the address of a statement", () => {
  const now = new Date("2026-05-03T12:00:00.000Z");
  const endOf = (search: Record<string, string>) => readAsOfView(search, now).before?.toISOString();

  test("is the end of a day, or right after a time of it", () => {
    expect(endOf({ day: "2026-05-03" })).toBe("2026-05-04T00:00:00.000Z");
    expect(endOf({ day: "2026-05-03", time: "14:30" })).toBe("2026-05-03T14:30:00.001Z");
    expect(endOf({ day: "2026-05-03", time: "14:30:05" })).toBe("2026-05-03T14:30:05.001Z");
  });

  test.each([
    [{}, []],
    [{ time: "14:30" }, ["day"]],
    [{ day: "3 May" }, ["day"]],
    [{ day: "2026-05-04" }, ["day"]],
    [{ day: "2026-05-03", time: "25:00" }, ["time"]],
  ])("is none for %j", (search, wrong) => {
    const view = readAsOfView(search, now);
    expect(view.before).toBeNull();
    expect(Object.keys(view.errors)).toEqual(wrong);
  });
});
