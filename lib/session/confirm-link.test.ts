import { describe, expect, it } from "vitest";
import { confirmAction, confirmPage, readConfirmLink } from "./confirm-link";

const origin = "http://localhost:3000";
const token = "0f".repeat(32);
const sent = new URL(
  `/api/auth/callback/email?${new URLSearchParams({ callbackUrl: `${origin}/funds`, token, email: "ada@example.com" })}`,
  origin,
);

describe("a sign-in link", () => {
  it("opens the page that asks, and only the confirmation leads to the sign-in", () => {
    const page = confirmPage(sent, { origin, followed: "code.x.y" });
    expect(page.pathname).toBe("/sign-in/confirm");
    const link = readConfirmLink(Object.fromEntries(page.searchParams));
    expect(link).not.toBeNull();
    if (!link) return;
    const action = new URL(confirmAction(link, origin), origin);
    expect(action.pathname).toBe("/api/auth/callback/email");
    expect(Object.fromEntries(action.searchParams)).toEqual({
      token,
      email: "ada@example.com",
      callbackUrl: "/funds",
      followed: "code.x.y",
    });
  });

  it("leads to no other site", () => {
    const link = readConfirmLink({ token, email: "ada@example.com", callbackUrl: "https://evil.example" });
    expect(link && confirmAction(link, origin)).not.toContain("evil");
  });

  it("is nothing when it was cut or changed in form", () => {
    for (const broken of [
      {},
      { token },
      { token: token.slice(1), email: "ada@example.com" },
      { token: [token, token], email: "a@b.co" },
    ]) {
      expect(readConfirmLink(broken)).toBeNull();
    }
  });
});
