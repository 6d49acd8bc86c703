import { describe, expect, test } from "vitest";
import { defaultTerms } from "./default-terms";
import { shareTexts } from "./share-texts";
import { type ParametersOf, parseTerms } from "./terms";

const url = "https://credits.example/r/ravi";

/** The words under the default terms of referrals, some parameters changed. */
function texts(changes: Partial<ParametersOf<"referral">> = {}) {
  const { parameters } = defaultTerms.find(({ program }) => program === "referral") ?? {};
  return shareTexts(parseTerms("referral", { ...parameters, ...changes }), url);
}

const all = ({ message, post, mail }: ReturnType<typeof texts>) => [message, post, mail.text];

describe("the words to send a link with", () => {
  test("say the offer, what the referrer gains, and the link", () => {
    const { message, post, mail } = texts();
    expect(message).toBe(
      `If you sign up by my link and spend your first $10, we both get a random bonus from $5 to $500. I earn commission on what you spend, which costs you nothing. ${url}`,
    );
    expect(post).toContain("Anyone can check the draw. I earn commission on what you spend");
    expect(mail.subject).toBe("GPU credit for each of us: a random bonus from $5 to $500");
    expect(mail.text).toContain(
      "I earn 3% of what you spend on pods and 5% of what you spend on serverless for 6 months. It costs you nothing.",
    );
    for (const text of all(texts())) expect(text).toContain(url);
  });

  test("fit a post, with the link counted as 23 characters", () => {
    expect(texts().post.replace(url, "x".repeat(23)).length).toBeLessThanOrEqual(280);
  });

  test("follow the terms: a fixed bonus has no draw, and no commission is claimed where there is none", () => {
    const changed = texts({
      trigger: { kind: "load", amount: "25" },
      bonus: { kind: "fixed", amount: "7.50", byRegion: {}, bucket: "promo" },
      commission: {
        rates: { pod: 0, serverless: 0, storage: 0 },
        window: { kind: "months", months: 6 },
        provenance: "paid",
      },
    });
    for (const text of all(changed)) {
      expect(text).toContain("load your first $25");
      expect(text).toContain("we both get $7.50");
      expect(text).not.toMatch(/\bdraw|earn|\$10\b/);
    }
  });
});
