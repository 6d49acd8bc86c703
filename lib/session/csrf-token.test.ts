import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { csrfTokenIn } from "./csrf-token";

const cookieOf = (token: string, secret: string) =>
  `${token}|${createHash("sha256").update(`${token}${secret}`).digest("hex")}`;

describe("the form token", () => {
  it("is the one next-auth put into its cookie", () => {
    expect(csrfTokenIn(cookieOf("abc", "secret"), "secret")).toBe("abc");
  });

  it("is none when the cookie is missing, forged, or older than the secret", () => {
    for (const cookie of [undefined, "", "abc", "abc|", "|x", "abc|def", cookieOf("abc", "old secret")]) {
      expect(csrfTokenIn(cookie, "secret")).toBeNull();
    }
  });
});
