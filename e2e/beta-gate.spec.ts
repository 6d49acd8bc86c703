import { expect, test } from "@playwright/test";
import { z } from "zod";
import { customerOn } from "./platform-steps";
import { expectSound, fact } from "./screen-steps";

const GATE_ACCOUNTS = 25;
const Applications = z.object({ data: z.array(z.object({ account: z.string(), reference: z.string() })) });

test("a referrer under the beta terms applies once both conditions hold, and reads what the operator said", async ({
  page,
  baseURL,
}) => {
  test.slow();
  const { platform, customer: referrer, person: ravi } = await customerOn(page, baseURL, "Ravi");
  const { value } = await platform.api.openAccount({ externalId: referrer, email: ravi.email });
  await platform.referUnderBeta(value.referralCode, GATE_ACCOUNTS - 1);
  await platform.sweep();

  await page.goto("/referrals");
  const section = page.getByRole("region", { name: "Beta terms" });
  await expect(section).toContainText("$9.60");
  await expect(section).toContainText("24 of 25 referred accounts with paid spend");
  await expect(section).toContainText("1 account more.");
  await expect(section).toContainText("$20.00 is missing, of all of them together.");
  await expect(fact(page, "Pending, beta terms")).toContainText("$9.60");
  await expect(fact(page, "Pending, in review")).toHaveCount(0);
  await expect(page.getByText("reached a bonus of their own")).toBeVisible();
  await expect(page.getByText("None is drawn for your referrals under the beta terms")).toBeVisible();
  const apply = section.getByRole("button", { name: "Apply for release" });
  await expect(apply).toBeHidden();

  await platform.referUnderBeta(value.referralCode, 1);
  await page.reload();
  await apply.focus();
  await page.keyboard.press("Enter");
  await expect(section.getByText("You applied").first()).toBeVisible();
  await expectSound(page, "/referrals");

  const { data } = Applications.parse(await platform.call("GET", "/api/v1/applications"));
  const reference = data.find(({ account }) => account === referrer)?.reference ?? "";
  const decision = { accept: false, reason: "Come back when they stay longer." };
  await platform.call("POST", `/api/v1/applications/${encodeURIComponent(reference)}/decision`, decision);
  await page.reload();
  await expect(section.getByText("Your application was declined")).toBeVisible();
  await expect(section).toContainText("Come back when they stay longer.");
  await expect(section).toContainText(/you may apply again from .* UTC/);
  await expect(apply).toBeHidden();
});
