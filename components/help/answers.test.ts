import { expect, test } from "vitest";
import { defaultTerms } from "@/lib/programs/default-terms";
import { parseTerms } from "@/lib/programs/terms";
import { helpTopics } from "./answers";

const inForce = defaultTerms
  .filter(({ effectiveUntil }) => effectiveUntil === null)
  .map(({ program, parameters }) => parseTerms(program, parameters));

test("every question has an answer and an address of its own, and figures come from the terms", () => {
  const topics = helpTopics(inForce);
  const answers = topics.flatMap((topic) => topic.answers);
  expect(new Set(answers.map(({ id }) => id)).size).toBe(answers.length);
  for (const { id, paragraphs, points } of answers) expect(paragraphs.length + points.length, id).toBeGreaterThan(0);
  const text = JSON.stringify(topics);
  for (const figure of ["$10", "$6.39275", "3%", "5%", "24 h"]) expect(text).toContain(figure);
});

test("without terms in force nothing is promised", () => {
  expect(helpTopics([]).map(({ title }) => title)).toEqual(["Your credit", "Payments", "Checking us"]);
});
