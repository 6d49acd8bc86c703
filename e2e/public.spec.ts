import { expect, test } from "@playwright/test";
import { expectSoundAt390 } from "./screen-steps";

test("a visitor's numbers are computed by the engine, and what is mistyped says what to do", async ({ page }) => {
  await page.goto("/");
  const reach = page.getByRole("form", { name: "How far it goes" });
  await expect(reach.getByRole("status")).toHaveText("29 h 24 min 42 s");
  await reach.getByLabel("You spend").fill("20");
  await expect(reach.getByRole("status")).toHaveText("58 h 49 min 24 s");
  await reach.getByLabel("On").selectOption({ label: "Another price" });
  await reach.getByLabel("At, an hour").fill("ten");
  await expect(reach.getByLabel("At, an hour")).toHaveAccessibleDescription(/Enter dollars, such as "0.34"/);

  const link = page.getByRole("form", { name: "What a link earns" });
  await link.getByLabel("People who follow your link").fill("1");
  await link.getByLabel("Pods, each a month").fill("200");
  await link.getByLabel("Serverless").fill("100");
  await expect(link.getByRole("status")).toHaveText("$66.00");
  await link.getByLabel("Pods, each a month").fill("1");
  await link.getByLabel("Serverless").fill("0");
  await expect(link).toContainText("At this pace no bonus becomes due.");

  const template = page.getByRole("form", { name: "What a template earns" });
  await expect(template.getByRole("status")).toHaveText("$18.14");
  await template.getByLabel("Hours, each a week").fill("169");
  await expect(template).toContainText("A week has 168 hours.");
});

test("help answers from the terms in force, and is found from every page", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("contentinfo").getByRole("link", { name: "Help" }).click();
  const answer = page.getByRole("region", { name: "The bonus" }).getByText("Why has my bonus not come?");
  await answer.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("In review: A person looks at this bonus", { exact: false })).toBeVisible();
});

test("public pages are sound at 390 pixels, in light and dark", async ({ page }) => {
  test.slow();
  for (const path of ["/", "/help"]) await expectSoundAt390(page, path);
});
