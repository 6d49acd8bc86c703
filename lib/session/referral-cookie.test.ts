import { describe, expect, it } from "vitest";
import { LINK_LIFE_SECONDS, latestLink, readLink, signLink } from "./referral-cookie";

const secret = "a secret of the tests, long enough to be one";
const followedAt = new Date("2026-11-01T10:00:00.000Z");
const passed = (ms: number) => new Date(followedAt.getTime() + ms);
const value = signLink({ code: "5t99c9je", followedAt }, secret);

describe("the referral cookie", () => {
  it("gives back the code and the instant of following", () => {
    expect(readLink(value, secret, passed(1))).toEqual({ code: "5t99c9je", followedAt });
  });

  it("counts until the last millisecond of 30 days, and not at their end", () => {
    expect(readLink(value, secret, passed(LINK_LIFE_SECONDS * 1000 - 1))).not.toBeNull();
    expect(readLink(value, secret, passed(LINK_LIFE_SECONDS * 1000))).toBeNull();
  });

  it("is refused when any character of it was changed", () => {
    for (let at = 0; at < value.length; at += 1) {
      const other = value[at] === "a" ? "b" : "a";
      expect(readLink(value.slice(0, at) + other + value.slice(at + 1), secret, passed(1))).toBeNull();
    }
  });

  it("is refused when it was signed with another secret, cut, or made up", () => {
    const made = [
      signLink({ code: "x", followedAt }, "another"),
      value.slice(0, -1),
      `${value}.x`,
      "x",
      "a.b.c",
      "",
      null,
    ];
    for (const each of made) expect(readLink(each, secret, passed(1))).toBeNull();
  });

  it("lets the last valid link win, and an invalid later one displace nothing", () => {
    const later = signLink({ code: "later", followedAt: passed(5) }, secret);
    const forged = signLink({ code: "forged", followedAt: passed(9) }, "another");
    expect(latestLink([value, later, forged, undefined], secret, passed(10))?.code).toBe("later");
    expect(latestLink([later, value], secret, passed(10))?.code).toBe("later");
    expect(latestLink([forged, null], secret, passed(10))).toBeNull();
  });
});
