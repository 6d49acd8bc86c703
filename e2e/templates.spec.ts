import { expect, test } from "@playwright/test";
import { figure } from "./pay-steps";
import { customerOn, Platform } from "./platform-steps";
import { expectSound, fact, withoutReload } from "./screen-steps";
import { newcomer, signInWith } from "./sign-in-steps";

const DAY_MS = 86_400_000;
const gate = "Runtime toward the 24 h gate";

test("somebody without templates is told how one comes to be there", async ({ page }) => {
  await signInWith(page, "Google", newcomer());
  await page.goto("/templates");
  await expect(page.getByText("No templates yet")).toBeVisible();
  await expect(page.getByText("when the platform registers it for you through its API")).toBeVisible();
  await expect(figure(page, "Royalty earned")).toHaveText("$0.00");
});

test("royalty is pending a millisecond before the gate and released with the next, without a reload", async ({
  page,
  baseURL,
}) => {
  test.slow();
  const { platform, customer: creator } = await customerOn(page, baseURL, "Tara", "GitHub");
  const externalId = `team/SD XL 100% ${creator}`;
  await platform.registerTemplate(creator, { externalId, name: "Stable Diffusion" });
  const user = await platform.newCustomer("50");
  await platform.use(user, [{ durationMs: DAY_MS - 1, template: externalId }]);
  await platform.sweep();

  await page.goto("/templates");
  await expect(page.getByRole("progressbar", { name: gate })).toHaveAttribute(
    "aria-valuetext",
    "23 h 59 min 59.999 s of 24 h",
  );
  await expect(page.getByText("0.001 s to go")).toBeVisible();
  await page.getByRole("link", { name: "Stable Diffusion" }).click();
  await expect(page.getByRole("heading", { name: "Stable Diffusion", level: 1 })).toBeVisible();
  await expect(page.getByText(externalId)).toBeVisible();
  await expect(fact(page, "Users besides you")).toHaveText("1");
  await expect(fact(page, "Pending")).toContainText("$0.23");
  await expect(fact(page, "Released")).toHaveText("$0.00");

  const noReload = await withoutReload(page);
  await platform.use(user, [{ durationMs: 1, template: externalId }]);
  await platform.sweep();
  await expect(page.getByText("Released", { exact: true }).first()).toBeVisible();
  await expect(fact(page, "Released")).toContainText("$0.24");
  await expect(fact(page, "Pending")).toHaveText("$0.00");
  await expect(figure(page, "Royalty earned")).toContainText("$0.24");
  await noReload();
});

test("each day of the chosen period is in the table behind the charts", async ({ page, baseURL }) => {
  const { platform, customer: creator } = await customerOn(page, baseURL, "Tara");
  const externalId = `tpl-${creator}`;
  await platform.registerTemplate(creator, { externalId, name: "Whisper" });
  const user = await platform.newCustomer("20");
  await platform.use(user, [{ durationMs: DAY_MS / 8, template: externalId }]);
  await page.goto(`/templates/${externalId}`);
  await page.getByRole("link", { name: "7 days" }).click();
  await expect(page).toHaveURL(/days=7/);
  await expect(page.getByRole("link", { name: "7 days" })).toHaveAttribute("aria-current", "true");
  await page.getByText("The same numbers as a table").first().click();
  const table = page.getByRole("table", { name: /^Spend per day/ });
  await expect(table.getByRole("row")).toHaveCount(8);
  await expect(table.getByRole("row").last()).toContainText("$3.00");
  await page.getByText("The same numbers as a table").last().click();
  await expect(
    page
      .getByRole("table", { name: /^Runtime per day/ })
      .getByRole("row")
      .last(),
  ).toContainText("3 h");
});

test("a template is registered by its creator, renamed, and shared with somebody who has no account", async ({
  page,
  browser,
  baseURL,
}) => {
  test.slow();
  const { platform, customer: creator } = await customerOn(page, baseURL, "Tara");
  await page.goto("/templates");
  await page.getByLabel("Name", { exact: true }).fill("Stable Diffusion");
  await page.getByLabel("Id", { exact: true }).fill("not an id");
  await page.getByRole("button", { name: "Register" }).click();
  await expect(page.getByText("Use 1 to 64 small letters, digits, dots and hyphens").first()).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Stable Diffusion");
  await page.getByLabel("Id", { exact: true }).fill("sdxl-1.0");
  await page.getByRole("button", { name: "Register" }).click();
  const externalId = `${creator}/sdxl-1.0`;
  await expect(page.getByText(`Stable Diffusion is registered as ${externalId}.`)).toBeVisible();
  const user = await platform.newCustomer("20");
  await platform.use(user, [{ durationMs: DAY_MS / 8, template: externalId }]);

  await page.getByRole("link", { name: "Stable Diffusion" }).click();
  await expect(fact(page, "Users besides you")).toHaveText("1");
  await expect(page.getByText("What Stable Diffusion would earn")).toBeVisible();
  await expect(page.getByLabel("Price, an hour")).toHaveValue("1");
  // 3 h within 30 days are 0.7 h a week.
  await expect(page.getByLabel("Hours, each a week")).toHaveValue("0.7");
  await page.getByText("Rename it").click();
  await page.getByLabel("Name", { exact: true }).fill("SDXL");
  await page.getByRole("button", { name: "Rename" }).click();
  await expect(page.getByRole("heading", { name: "SDXL", level: 1 })).toBeVisible();
  await expect(page.getByText(externalId).first()).toBeVisible();

  const link = await page.getByLabel("Link to the template").inputValue();
  const other = await browser.newContext();
  const visitor = await other.newPage();
  await visitor.goto(link);
  await expect(visitor.getByRole("heading", { name: "SDXL", level: 1 })).toBeVisible();
  await expect(visitor.getByLabel("The template's id")).toHaveValue(externalId);
  const invitation = visitor.getByRole("region", { name: "Your invitation" });
  await expect(invitation).toContainText("You were invited: spend your first $10 and you both get");
  await expect(visitor.getByText("somebody you refer")).toBeHidden();
  const shared = new URL(visitor.url()).pathname;
  await expectSound(visitor, shared);
  await invitation.getByRole("button", { name: "That’s not right" }).click();
  await expect(visitor.getByText("The link is forgotten")).toBeVisible();
  await expect(visitor).toHaveURL(`${shared}?link=forgotten`);
  await expect(visitor.getByRole("region", { name: "New here?" })).toContainText(
    "Spend your first $10 and get a random bonus from $5 to $500.",
  );
  await visitor.goto(shared);
  await expect(invitation).toBeHidden();
  await visitor.getByRole("link", { name: "Accept and sign up" }).click();
  await expect(visitor.getByText("You came by a referral link")).toBeVisible();
  const answer = await visitor.goto(`/t/nobody/${externalId}`);
  expect(answer?.status()).toBe(404);
  await other.close();
});

test("another's template is as unknown as one that does not exist", async ({ page, baseURL }) => {
  const tara = newcomer("Tara");
  const platform = await Platform.of(baseURL);
  await signInWith(page, "Google", tara);
  const other = await platform.newCustomer("10");
  const externalId = `tpl-${other}`;
  await platform.registerTemplate(other, { externalId, name: "Not yours" });
  const answer = async (path: string) => {
    const response = await page.goto(path);
    return [response?.status(), await page.getByRole("main").innerText()];
  };
  const unknown = await answer("/templates/nothing");
  expect(unknown[0]).toBe(404);
  expect(await answer(`/templates/${externalId}`)).toEqual(unknown);
  expect(await answer("/templates/%00")).toEqual(unknown);
});

test("the templates pages are sound on a phone and on a desk, empty and in use", async ({ page, baseURL }) => {
  test.slow();
  const tara = newcomer("Tara");
  const platform = await Platform.of(baseURL);
  await signInWith(page, "Google", tara);
  await expectSound(page, "/templates");
  const creator = await platform.customerOf(tara);
  const externalId = `tpl-${creator}`;
  await platform.registerTemplate(creator, { externalId, name: "A template with a rather long name, version 2.1" });
  await platform.use(await platform.newCustomer("20"), [{ durationMs: DAY_MS / 5, template: externalId }]);
  await expectSound(page, "/templates");
  await expectSound(page, `/templates/${externalId}`);
});
