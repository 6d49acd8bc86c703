import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { sources } from "@/demo/folders";
import { fileOf, schemes, type Width } from "./camera";
import { partsOf } from "./scenes";

const folder = path.join(sources, "docs/gallery");
const names = partsOf({ invited: "/", template: "/" }).flatMap(({ scenes }) => scenes.map(({ name }) => name));
const widths: readonly Width[] = ["wide", "narrow"];

test("no two screens of the gallery write the same files", () => {
  expect(new Set(names).size).toBe(names.length);
});

test("docs/gallery holds every screen, light and dark, wide and narrow, and nothing else", () => {
  const files = names.flatMap((name) =>
    schemes.flatMap((scheme) => widths.map((width) => fileOf(name, scheme, width))),
  );
  expect(readdirSync(folder).sort()).toEqual([...files, "README.md"].sort());
});

test("every picture that the README shows is there", () => {
  const shown = [...readFileSync(path.join(sources, "README.md"), "utf8").matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)];
  expect(shown.length).toBeGreaterThanOrEqual(3);
  for (const [, file = ""] of shown) expect(existsSync(path.join(sources, file)), file).toBe(true);
});
