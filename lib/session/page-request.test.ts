import { describe, expect, it } from "vitest";
import {
  isCard,
  isForeignForm,
  isProgram,
  isReadable,
  isVisit,
  previewedPage,
  properOrigin,
  referralDetour,
} from "./page-request";

const at = (path: string) => new URL(path, "http://localhost:3000");

describe("a referral code on any page", () => {
  it("leads over the referral link back to the page, which keeps its other parameters", () => {
    expect(referralDetour(at("/?ref=5t99c9je"))).toBe("/r/5t99c9je?next=%2F");
    expect(referralDetour(at("/programs?a=1&ref=5t99c9je&b=2"))).toBe("/r/5t99c9je?next=%2Fprograms%3Fa%3D1%26b%3D2");
  });

  it("is ignored when it cannot be a code, on the link itself, and in the API", () => {
    for (const path of ["/", "/?ref=", "/?ref=../x", "/?ref=a%20b%20c", "/r/abcd?ref=efgh", "/api/health?ref=abcd"]) {
      expect(referralDetour(at(path))).toBeNull();
    }
  });
});

describe("a visit", () => {
  it("is a page that a person opens", () => {
    expect(isVisit("GET", new Headers({ "sec-fetch-dest": "document" }))).toBe(true);
    expect(isVisit("GET", new Headers())).toBe(true);
  });

  it("is not what another page loads, and nothing loaded ahead of time", () => {
    for (const dest of ["image", "iframe", "frame", "empty", "script", "embed"]) {
      expect(isVisit("GET", new Headers({ "sec-fetch-dest": dest }))).toBe(false);
    }
    expect(isVisit("GET", new Headers({ "sec-purpose": "prefetch;prerender" }))).toBe(false);
    expect(isVisit("GET", new Headers({ purpose: "prefetch" }))).toBe(false);
    expect(isVisit("HEAD", new Headers())).toBe(false);
    expect(isVisit("POST", new Headers())).toBe(false);
  });
});

describe("who asks for a page", () => {
  const by = (agent: string) => new Headers({ "user-agent": agent });
  const previews = [
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Twitterbot/1.0",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0)",
    "TelegramBot (like TwitterBot)",
    "WhatsApp/2.23.20.0",
    "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
  ];
  const people = [
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 7.0; CUBOT_NOTE_S) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36",
    "",
  ];

  it("is a program when it says so, and a person otherwise", () => {
    expect(previews.filter((agent) => !isProgram(by(agent)))).toEqual([]);
    expect(people.filter((agent) => isProgram(by(agent)))).toEqual([]);
  });

  it("decides whether a referral link is shown as a page or leads on", () => {
    expect(previewedPage("/r/5t99c9je", by("Twitterbot/1.0"))).toBe("/invited/5t99c9je");
    expect(previewedPage("/r/a%2Fb", by("Twitterbot/1.0"))).toBe("/invited/a%2Fb");
    expect(previewedPage("/r/5t99c9je", by(people[0] ?? ""))).toBeNull();
    for (const path of ["/", "/r/", "/r/a/b", "/sign-in"]) expect(previewedPage(path, by("Twitterbot/1.0"))).toBeNull();
  });
});

describe("the site's other names on one machine", () => {
  const origin = "http://localhost:3000";

  it("lead to its proper one, where the cookies are", () => {
    expect(properOrigin("127.0.0.1:3000", origin)).toBe(origin);
  });

  it("are left alone behind another port, another host, or when proper already", () => {
    for (const host of ["localhost:3000", "127.0.0.1:3001", "evil.example", null, "::"]) {
      expect(properOrigin(host, origin)).toBeNull();
    }
    expect(properOrigin("127.0.0.1:3000", "https://tenspot.example")).toBeNull();
  });
});

describe("a form sent to a page", () => {
  const origin = "https://tenspot.example";
  const sent = (from: string | null, host = "tenspot.example") => ({
    method: "POST",
    headers: new Headers({ host, ...(from === null ? {} : { origin: from }) }),
  });

  it("is foreign when another site's page sent it", () => {
    for (const from of ["https://evil.example", "null", "https://tenspot.example.evil.example"]) {
      expect(isForeignForm(sent(from), origin)).toBe(true);
    }
  });

  it("is ours from our own origin, also where a reverse proxy changes the host", () => {
    expect(isForeignForm(sent(origin), origin)).toBe(false);
    expect(isForeignForm(sent(origin, "10.0.0.7:3000"), origin)).toBe(false);
    expect(isForeignForm({ method: "GET", headers: new Headers({ origin: "https://evil.example" }) }, origin)).toBe(
      false,
    );
  });
});

describe("an address", () => {
  it("is unreadable when its escapes are not UTF-8", () => {
    expect(isReadable("/r/%C3%A4")).toBe(true);
    for (const path of ["/r/%FF", "/r/%E0%A4%A", "/r/%"]) expect(isReadable(path)).toBe(false);
  });
});

it("knows the pictures of links, which may be kept, from the pages beside them, which may not", () => {
  expect(["/card.png", "/invited/5t99c9je/card.png"].map(isCard)).toEqual([true, true]);
  expect(["/", "/invited/card.png", "/invited/5t99c9je", "/r/x/card.png", "/invited/a/b/card.png"].map(isCard)).toEqual(
    [false, false, false, false, false],
  );
});
