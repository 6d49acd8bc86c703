import { describe, expect, it } from "vitest";
import { contentSecurityPolicy, securityHeaders } from "./page-headers";

const page = {
  origin: "https://tenspot.example",
  nonce: "bm9uY2U=",
  formOrigins: ["https://github.com"],
  development: false,
};

const directives = (policy: string) => new Map(policy.split("; ").map((each) => [each.split(" ")[0], each]));

describe("the content security policy", () => {
  it("runs only scripts with the nonce of the request, and evaluates nothing", () => {
    const script = directives(contentSecurityPolicy(page)).get("script-src");
    expect(script).toBe("script-src 'self' 'nonce-bm9uY2U=' 'strict-dynamic'");
  });

  it("cannot be framed, rebased, or send forms to other sites than named", () => {
    const found = directives(contentSecurityPolicy(page));
    expect(found.get("frame-ancestors")).toBe("frame-ancestors 'none'");
    expect(found.get("base-uri")).toBe("base-uri 'none'");
    expect(found.get("object-src")).toBe("object-src 'none'");
    expect(found.get("form-action")).toBe("form-action 'self' https://github.com");
  });

  it("asks for https only where the site has it", () => {
    expect(contentSecurityPolicy(page)).toContain("upgrade-insecure-requests");
    expect(contentSecurityPolicy({ ...page, origin: "http://localhost:3000" })).not.toContain(
      "upgrade-insecure-requests",
    );
  });
});

describe("the headers of every page", () => {
  it("keep other sites from learning which page was left", () => {
    const headers = securityHeaders("http://localhost:3000");
    expect(headers).toMatchObject({ "Referrer-Policy": "same-origin" });
    expect(headers).toMatchObject({ "X-Content-Type-Options": "nosniff" });
  });

  it("insist on https for a year, on https only", () => {
    expect(securityHeaders(page.origin)["Strict-Transport-Security"]).toBe("max-age=31536000; includeSubDomains");
    expect(securityHeaders("http://localhost:3000")).not.toHaveProperty("Strict-Transport-Security");
  });
});
