import { expect, test } from "vitest";
import { readOptions } from "./options";

const environment = { NODE_ENV: "test" } as const;

test("without variables: port 3000, the sources' own folder, the database that comes along", () => {
  expect(readOptions([], environment)).toMatchObject({ port: 3000, databaseUrl: undefined, mode: "show" });
});

test.each(["0", "65536", "80a", "-1", "3e3"])("PORT=%s is refused in one sentence that shows it", (text) => {
  expect(() => readOptions([], { ...environment, PORT: text })).toThrow(`PORT is ${text};`);
});

test("a DATABASE_URL that names no database is refused", () => {
  expect(() => readOptions([], { ...environment, DATABASE_URL: "localhost:5432" })).toThrow("DATABASE_URL must read");
});

test("an unknown option is refused", () => {
  expect(() => readOptions(["--prot"], environment)).toThrow("There is no option --prot");
});
