import { describe, expect, test } from "vitest";
import { basisPoints } from "@/lib/money/accrual";
import { percentText } from "@/lib/money/format";
import { nanos } from "@/lib/money/nanos";
import { defaultTerms } from "./default-terms";
import { defaultOdds, type Odds } from "./odds";
import { dollarsPlain } from "./phrases";
import { oddsSentence, programSentences } from "./sentences";
import { type ParametersOf, type ProgramName, parseTerms } from "./terms";

/** The sentences of a program's default terms, some parameters changed. */
function sentences<P extends ProgramName>(program: P, changes: Partial<ParametersOf<P>> = {}) {
  const version = defaultTerms.find((each) => each.program === program);
  return programSentences(parseTerms<ProgramName>(program, { ...version?.parameters, ...changes }));
}

const all = (program: ProgramName, changes = {}): string => {
  const { title, offer, counts, doesNotCount, conditions } = sentences(program, changes);
  return [title, offer, ...counts, ...doesNotCount, ...conditions].join("\n");
};

describe("the sentences of the default terms", () => {
  test("offer what each program gives", () => {
    expect(defaultTerms.map(({ program }) => sentences(program).offer)).toEqual([
      "Spend your first $10 and get a random bonus from $5 to $500.",
      "When somebody you refer spends $10, you both get a random bonus from $5 to $500; and you earn 3% of what they spend on pods and 5% of what they spend on serverless for 6 months.",
      "From everybody you refer you earn 2% of every dollar they spend, for as long as their account lives.",
      "When somebody you refer spends $1,000 on serverless, you both get $500, once.",
      "Publish a pod template and earn 1% of what others spend on pods started from it, for as long as it exists.",
    ]);
  });

  test("say what counts and what does not", () => {
    expect(sentences("signup-bonus")).toMatchObject({
      title: "A bonus for your first $10",
      counts: [
        "Usage paid from your prepaid balance counts, whatever the service.",
        "Usage beyond the balance counts as soon as a deposit pays for it.",
      ],
      doesNotCount: [
        "A deposit alone does not count: it has to be spent.",
        "Usage paid with bonus, earned or bought credit does not count.",
      ],
    });
    expect(sentences("referral").doesNotCount).toContain("Their use of storage earns no commission.");
    expect(sentences("template-beta").doesNotCount).toContain("Your own use earns nothing.");
  });

  test("name gates, windows and odds with the terms' own figures", () => {
    expect(all("signup-bonus")).toContain("70% are $5, 96.5% are $10 or less, the average is $6.39.");
    expect(all("referral")).toContain("sign up within 30 days");
    expect(all("referral")).toContain("6 calendar months");
    expect(all("referral-beta")).toContain("25 accounts you referred under these terms spent at least $500 together");
    expect(all("template-beta")).toContain("until it has run 24 h in total");
  });

  test("are whole sentences, none twice, and none with a hole in it", () => {
    for (const { program } of defaultTerms) {
      const { title, offer, counts, doesNotCount, conditions } = sentences(program);
      const lines = [offer, ...counts, ...doesNotCount, ...conditions];
      expect(title).not.toMatch(/\.$/);
      for (const line of lines) {
        expect(line).toMatch(/^[A-Z].*\.$/);
        expect(line).not.toMatch(/undefined|null|NaN|\[object| {2}/);
      }
      expect(new Set(lines).size).toBe(lines.length);
    }
  });
});

describe("other parameters change the sentences", () => {
  test("a trigger by load says that deposits count, and not that they must be spent", () => {
    const text = all("signup-bonus", { trigger: { kind: "load", amount: "25" } });
    expect(text).toContain("Load your first $25");
    expect(text).toContain("Deposits count, spent or not.");
    expect(text).not.toContain("it has to be spent");
  });

  test("a fixed bonus by region has a range, hold, expiry, and no draw", () => {
    const text = all("signup-bonus", {
      bonus: { kind: "fixed", amount: "5", byRegion: { US: "10.5", IN: "2.5" }, bucket: "promo" },
      credit: { holdHours: 36, expiryDays: 90 },
      signIns: ["google", "github"],
    });
    expect(text).toContain("get $2.50 to $10.50, depending on the region.");
    expect(text).toContain("It is $2.50 in IN and $10.50 in US, and $5 elsewhere;");
    expect(text).toContain("The bonus can be spent 36 h after it appears.");
    expect(text).toContain("The bonus expires 90 days after it can be spent.");
    expect(text).toContain("There is a bonus only for an account that was opened with Google or GitHub.");
    expect(text).not.toMatch(/is drawn|random/);
  });

  test("caps and any provenance are said", () => {
    const commission = {
      rates: { pod: 250, serverless: 0, storage: 0 },
      window: { kind: "lifetime" },
      provenance: "any",
    };
    const beta = all("referral-beta", { commission, caps: { commissionMax: "1000" } });
    expect(beta).toContain(
      "From everybody you refer you earn 2.5% of what they spend on pods for as long as their account lives.",
    );
    expect(beta).toContain("Their use of serverless and storage earns no commission.");
    expect(beta).toContain("whichever credit pays for it");
    expect(beta).toContain("at most $1,000 in commission");
    expect(beta).not.toContain("bought credit");
    expect(all("serverless-referral-beta", { caps: { bonusesMax: 1 } })).toContain("at most 1 such bonus.");
  });

  test("a referral that pays commission on any credit keeps apart what counts for the bonus", () => {
    const commission = {
      rates: { pod: 300, serverless: 300, storage: 300 },
      window: { kind: "months", months: 1 },
      provenance: "any",
    };
    const text = all("referral", { commission });
    expect(text).toContain("you earn 3% of every dollar they spend, for 1 month.");
    expect(text).toContain("All of their usage earns commission, whichever credit pays for it.");
    expect(text).toContain("bought credit does not count towards the bonus.");
  });

  test("odds of one amount, or without a common small one, claim nothing they do not hold", () => {
    const one: Odds = { tiers: [[1_000_000, 500, 500]], v: 1 };
    expect(oddsSentence(one)).toBe("Of all bonuses 100% are $5, the average is $5.00.");
    const flat: Odds = { tiers: [[1_000_000, 100, 200]], v: 1 };
    expect(oddsSentence(flat)).toBe("Of all bonuses the average is $1.50.");
    expect(oddsSentence(defaultOdds)).toMatch(/^Of all bonuses 70% are \$5,/);
  });
});

test("plain dollars keep every digit but the cents of a whole dollar, and rates theirs", () => {
  expect([10_000_000_000n, 500_000_000n, 18_144_000_000n].map((n) => dollarsPlain(nanos(n)))).toEqual([
    "$10",
    "$0.50",
    "$18.144",
  ]);
  expect([300, 250, 25, 1, 0].map((n) => percentText(basisPoints(n)))).toEqual(["3%", "2.5%", "0.25%", "0.01%", "0%"]);
});
