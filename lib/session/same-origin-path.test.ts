import { describe, expect, it } from "vitest";
import { sameOriginPath } from "./same-origin-path";

const origin = "http://localhost:3000";

describe("where signing in leads", () => {
  it("is a page of ours, with its query and fragment", () => {
    expect(sameOriginPath("/funds?amount=25#top", origin)).toBe("/funds?amount=25#top");
    expect(sameOriginPath(`${origin}/bonus`, origin)).toBe("/bonus");
    expect(sameOriginPath("/", origin)).toBe("/");
  });

  it("is never another site, however it is written", () => {
    const elsewhere = [
      "https://evil.example",
      "//evil.example",
      "/\\evil.example",
      "\\\\evil.example",
      "/..//evil.example",
      "/.//evil.example",
      "/\t/evil.example",
      "\t//evil.example",
      `${origin}//evil.example`,
      `${origin}.evil.example/`,
      `${origin}@evil.example/`,
      "http://localhost:3001/",
      "https://localhost:3000/",
      "javascript:alert(1)",
      "data:text/html,x",
      `blob:${origin}/x`,
      "http:evil.example",
    ];
    for (const wanted of elsewhere) {
      const path = sameOriginPath(wanted, origin);
      expect(new URL(path, origin).origin, wanted).toBe(origin);
      expect(path, wanted).toMatch(/^\/(?!\/)/);
    }
  });

  it("is the dashboard when nothing sensible was asked for", () => {
    for (const wanted of [null, undefined, "", "http://[", "/api/auth/signout", "/api?x", "/api"]) {
      expect(sameOriginPath(wanted, origin)).toBe("/dashboard");
    }
    expect(sameOriginPath("/api-keys", origin)).toBe("/api-keys");
  });
});
