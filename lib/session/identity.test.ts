import { describe, expect, it } from "vitest";
import { githubIdentity, googleIdentity, typedEmail } from "./identity";

describe("what Google says of a person", () => {
  const claims = { sub: "123", name: "Ada", email: "Ada@Example.com", email_verified: true, aud: "x" };

  it("is number, name and verified address", () => {
    expect(googleIdentity(claims)).toEqual({ sub: "123", name: "Ada", email: "ada@example.com" });
  });

  it("has no address unless email_verified is true itself", () => {
    for (const email_verified of [false, "true", 1, null, undefined]) {
      expect(googleIdentity({ ...claims, email_verified })).toEqual({ sub: "123", name: "Ada" });
    }
    const { email_verified: _, ...silent } = claims;
    expect(googleIdentity(silent)).toEqual({ sub: "123", name: "Ada" });
  });

  it("is refused without a number", () => {
    expect(() => googleIdentity({ ...claims, sub: "" })).toThrow();
    expect(() => googleIdentity(null)).toThrow();
  });

  it("loses control characters and excess length of the name", () => {
    expect(googleIdentity({ ...claims, name: "Ada\r\nBcc: x" }).name).toBe("Ada  Bcc: x");
    expect(googleIdentity({ ...claims, name: "a".repeat(500) }).name).toHaveLength(100);
  });
});

describe("what GitHub says of a person", () => {
  const user = { id: 42, login: "ada", name: null, email: "public@example.com" };
  const entry = { email: "x@example.com", primary: false, verified: true, visibility: null };

  it("is the primary address if it is verified, never the public one of the profile", () => {
    const emails = [entry, { ...entry, email: "Ada@Example.com", primary: true }];
    expect(githubIdentity(user, emails)).toEqual({ sub: "42", name: "ada", email: "ada@example.com" });
  });

  it("has no address when the primary one is unverified, though another is verified", () => {
    const emails = [entry, { ...entry, email: "ada@example.com", primary: true, verified: false }];
    expect(githubIdentity(user, emails)).toEqual({ sub: "42", name: "ada" });
    expect(githubIdentity(user, [entry])).toEqual({ sub: "42", name: "ada" });
    expect(githubIdentity(user, [])).toEqual({ sub: "42", name: "ada" });
  });

  it("is refused when it is an error in place of an answer", () => {
    expect(() => githubIdentity({ message: "Bad credentials" }, [])).toThrow();
    expect(() => githubIdentity(user, { message: "Not Found" })).toThrow();
  });
});

describe("an address typed into the form", () => {
  it("is stored in lower case, without blanks around it", () => {
    expect(typedEmail("  Ada@Example.COM ")).toBe("ada@example.com");
  });

  it("is exactly one", () => {
    for (const text of [
      "",
      "ada",
      "a@b",
      "a@x.com,b@y.com",
      "a@x.com b@y.com",
      "a@x.com\nbcc:b@y.com",
      '"a b"@x.com',
    ]) {
      expect(() => typedEmail(text)).toThrow();
    }
    expect(() => typedEmail(`${"a".repeat(250)}@x.com`)).toThrow();
  });
});
