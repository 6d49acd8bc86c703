import { describe, expect, test } from "vitest";
import { readEnv } from "./env";

const supportEmail = (SUPPORT_EMAIL?: string) =>
  readEnv(["SUPPORT_EMAIL"], { NODE_ENV: "test", ...(SUPPORT_EMAIL === undefined ? {} : { SUPPORT_EMAIL }) })
    .SUPPORT_EMAIL;

test("an address for support may be left out", () => {
  expect(supportEmail()).toBeUndefined();
  expect(supportEmail("help@credits.example")).toBe("help@credits.example");
});

test.each(["", "help", "mailto:help@a.example", "help@a.example, help@b.example", "help@a.example?cc=help@b.example"])(
  "an address for support is exactly one: %j",
  (wrong) => {
    expect(() => supportEmail(wrong)).toThrow(/SUPPORT_EMAIL/);
  },
);

const relays = (DRAND_RELAYS: string | undefined, NEXTAUTH_URL = "http://localhost:3000") =>
  readEnv(["DRAND_RELAYS"], {
    NODE_ENV: "test",
    NEXTAUTH_URL,
    ...(DRAND_RELAYS === undefined ? {} : { DRAND_RELAYS }),
  }).DRAND_RELAYS;

describe("relays of drand", () => {
  test("are the public ones unless told, or those listed, in their order", () => {
    expect(relays(undefined).length).toBeGreaterThan(1);
    expect(relays("https://b.example/, https://a.example:8443/drand")).toEqual([
      "https://b.example",
      "https://a.example:8443/drand",
    ]);
  });

  test.each(["", "ftp://a.example", "http://a.example", "https://a.example,,https://b.example", "a.example"])(
    "are refused where one could be anybody's: %j",
    (list) => {
      expect(() => relays(list)).toThrow(/DRAND_RELAYS/);
    },
  );

  test("may be this machine's by plain http only when the product is reached on this machine", () => {
    expect(relays("http://127.0.0.1:4100")).toEqual(["http://127.0.0.1:4100"]);
    expect(() => relays("https://a.example, http://127.0.0.1:4100", "https://credits.example")).toThrow(/this machine/);
    expect(relays("https://a.example", "https://credits.example")).toEqual(["https://a.example"]);
  });
});
