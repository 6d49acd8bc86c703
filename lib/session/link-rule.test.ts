import { describe, expect, it } from "vitest";
import { type Attempt, refusalOf } from "./link-rule";

const newcomer: Attempt = {
  way: "github",
  email: "ada@example.com",
  knownUserId: null,
  holder: null,
  signedInUserId: null,
};

describe("who may sign in", () => {
  it("lets a newcomer in, by every way", () => {
    for (const way of ["google", "github", "email"] as const) expect(refusalOf({ ...newcomer, way })).toBeNull();
  });

  it("lets back in whoever signed in this way before, also when the address has a new holder", () => {
    const back: Attempt = { ...newcomer, knownUserId: "ada", holder: { userId: "ada", way: "github" } };
    expect(refusalOf(back)).toBeNull();
    expect(refusalOf({ ...back, signedInUserId: "ada" })).toBeNull();
    expect(refusalOf({ ...back, holder: { userId: "bob", way: "google" } })).toBeNull();
  });

  it("refuses an address that the provider has not verified, also to whoever is known", () => {
    expect(refusalOf({ ...newcomer, email: null })).toBe("EmailNotVerified");
    expect(refusalOf({ ...newcomer, email: null, knownUserId: "ada" })).toBe("EmailNotVerified");
  });

  it("refuses a second provider with the same address, and names the first way", () => {
    const holder = (way: Attempt["way"]) => ({ userId: "ada", way });
    expect(refusalOf({ ...newcomer, way: "github", holder: holder("google") })).toBe("UseGoogle");
    expect(refusalOf({ ...newcomer, way: "google", holder: holder("github") })).toBe("UseGitHub");
    expect(refusalOf({ ...newcomer, way: "google", holder: holder("email") })).toBe("UseEmail");
    expect(refusalOf({ ...newcomer, way: "email", holder: holder("google") })).toBe("UseGoogle");
  });

  it("refuses another identity of the same provider with the same address: it was handed on", () => {
    expect(refusalOf({ ...newcomer, holder: { userId: "ada", way: "github" } })).toBe("OAuthAccountNotLinked");
  });

  it("never joins another identity to whoever is signed in, whatever its address", () => {
    expect(refusalOf({ ...newcomer, signedInUserId: "bob" })).toBe("SignedInAlready");
    expect(refusalOf({ ...newcomer, knownUserId: "ada", signedInUserId: "bob" })).toBe("SignedInAlready");
    expect(refusalOf({ ...newcomer, holder: { userId: "bob", way: "google" }, signedInUserId: "bob" })).toBe(
      "UseGoogle",
    );
  });

  it("lets a confirmed link by mail replace who was signed in", () => {
    expect(refusalOf({ ...newcomer, way: "email", signedInUserId: "bob" })).toBeNull();
    expect(refusalOf({ ...newcomer, way: "email", knownUserId: "ada", signedInUserId: "bob" })).toBeNull();
  });

  it("adds another way only where whoever is signed in asked for that very one, and where it is nobody else's", () => {
    const asked: Attempt = { ...newcomer, signedInUserId: "ada", linking: "github" };
    expect(refusalOf(asked)).toBeNull();
    expect(refusalOf({ ...asked, holder: { userId: "ada", way: "google" } })).toBeNull();
    expect(refusalOf({ ...asked, holder: { userId: "bob", way: "google" } })).toBe("OAuthAccountNotLinked");
    expect(refusalOf({ ...asked, knownUserId: "bob" })).toBe("SignedInAlready");
    expect(refusalOf({ ...asked, email: null })).toBe("EmailNotVerified");
    expect(refusalOf({ ...asked, linking: "google" })).toBe("SignedInAlready");
    expect(refusalOf({ ...asked, linking: null })).toBe("SignedInAlready");
    expect(refusalOf({ ...asked, signedInUserId: null, holder: { userId: "ada", way: "google" } })).toBe("UseGoogle");
  });
});
