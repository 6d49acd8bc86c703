import { DrizzleQueryError } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { summary } from "./logger";

describe("a line of the sign-in log", () => {
  it("names the fault and keeps the values of the query out", () => {
    const failed = new DrizzleQueryError(
      "insert into users values ($1)",
      ["ada@example.com"],
      new Error("no space left"),
    );
    expect(summary(failed)).toBe("Failed query: insert into users values ($1): Error: no space left");
    expect(summary(new Error(failed.message))).not.toContain("ada@");
  });

  it("keeps profiles and tokens out", () => {
    const metadata = {
      error: new TypeError("nonce mismatch"),
      OAuthProfile: { email: "ada@example.com" },
      token: "t0ken",
    };
    expect(summary(metadata)).toBe("TypeError: nonce mismatch");
    expect(summary({ token: "t0ken" })).toBe("no details");
  });

  it("stays one line of bounded length, whatever a request made the message say", () => {
    expect(summary(new Error("foo\r\nsign-in: forged\u001b[31m"))).toBe("Error: foo sign-in: forged [31m");
    expect(summary(new Error("x".repeat(9000))).length).toBeLessThan(600);
  });
});
