import { expect, test } from "vitest";
import { atAGlance } from "./at-a-glance";
import { defaultTerms } from "./default-terms";
import { type ProgramName, parseTerms } from "./terms";

const rows = defaultTerms.flatMap(({ program, parameters }) => atAGlance(parseTerms<ProgramName>(program, parameters)));

test("every reward of the default terms has its row, in their figures", () => {
  expect(rows.map(({ name, you }) => [name, you])).toEqual([
    ["Your bonus", "$5 to $500, drawn; $6.39 on average"],
    ["Referral bonus", "$5 to $500, drawn; $6.39 on average"],
    ["Referral commission", "3% of what they spend on pods and 5% of what they spend on serverless for 6 months"],
    ["Referral, beta terms", "2% of every dollar they spend, for as long as their account lives"],
    ["Referral milestone, beta terms", "$500"],
    ["Template royalty", "1% of it, as long as the template exists"],
  ]);
});

test("what each takes and when it comes is said in the figures of its terms", () => {
  expect(rows.map(({ takes, comes }) => `${takes}: ${comes}`)).toEqual([
    "You spend $10: By itself, once",
    "Somebody you refer spends $10: By itself, once for each of them",
    "Somebody you refer spends: By itself, from the first cent",
    "Somebody you refer spends: When you apply, with 25 accounts that spent $500 together",
    "Somebody you refer spends $1,000 on serverless: By itself, once for each of them",
    "Others spend on pods started from your template: By itself, once it has run 24 h in all; nothing before that is lost",
  ]);
});
