import { createHmac } from "node:crypto";
import { expect, type Locator, test } from "@playwright/test";
import { openReceiver } from "@/lib/services/webhooks/testing/receiver";
import { operatorPage } from "./operator-steps";
import { expectSound } from "./screen-steps";
import { newcomer, signInWith } from "./sign-in-steps";

/** The worker looks every second for what is to be sent. */
const SENT_WITHIN = { timeout: 30_000 };

/** Opens a part of the page, unless it is open, and gives the reason it asks for. */
async function reason(within: Locator, part: RegExp): Promise<Locator> {
  const folded = within.locator("details").filter({ has: within.page().locator("summary", { hasText: part }) });
  if ((await folded.first().getAttribute("open")) === null) await folded.locator("summary").first().click();
  await folded.getByLabel("Reason").fill("for the test");
  return folded;
}

test("an operator adds an endpoint, which is told of a new account, signed; and is sent it again, pauses it, removes it", async ({
  browser,
}) => {
  test.slow();
  const receiver = await openReceiver();
  const { page } = await operatorPage(browser, "Olga");
  await page.goto("/operator/webhooks");
  const add = page.getByRole("region", { name: "Add an endpoint" });
  await add.getByLabel("Address").fill("https://10.0.0.1/hooks");
  await add.getByLabel("account.created").check();
  await add.getByLabel("Reason").fill("the platform listens");
  await add.getByRole("button", { name: "Add endpoint" }).click();
  await expect(add.getByText("not on the public network").first()).toBeVisible();
  await add.getByLabel("Address").fill(receiver.url);
  await expect(add.getByLabel("account.created")).toBeChecked();
  await add.getByRole("button", { name: "Add endpoint" }).click();
  const secret = await add.getByLabel("Signing secret").inputValue();
  expect(secret).toMatch(/^whsec_/);

  const ada = newcomer();
  await signInWith(await (await browser.newContext()).newPage(), "Google", ada);
  await expect.poll(() => receiver.received.length, SENT_WITHIN).toBeGreaterThan(0);
  for (const { headers, body } of receiver.received) {
    const content = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
    const key = Buffer.from(secret.slice("whsec_".length), "base64");
    const digest = createHmac("sha256", key).update(content).digest("base64");
    expect(headers["webhook-signature"]).toBe(`v1,${digest}`);
    expect(JSON.parse(body).type).toBe("account.created");
  }

  await page.goto("/operator/webhooks");
  await expect(page.getByText(secret)).toHaveCount(0);
  await expectSound(page, "/operator/webhooks");
  const row = page.getByRole("row").filter({ hasText: receiver.url }).filter({ hasText: "Delivered" }).last();
  const id =
    (await row
      .getByText(/^msg_[0-9a-f]{32}$/)
      .first()
      .textContent()) ?? "";
  await (await reason(row, /Send again/)).getByRole("button", { name: "Send it again" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The message is sent again" })).toBeVisible();
  await expect
    .poll(() => receiver.received.filter(({ headers }) => headers["webhook-id"] === id).length, SENT_WITHIN)
    .toBe(2);

  const item = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: receiver.url }) });
  await (await reason(item, /^Pause/)).getByRole("button", { name: "Pause this endpoint" }).click();
  await expect(item.getByText("Paused", { exact: true })).toBeVisible();
  const rotate = await reason(item, /^New secret/);
  await rotate.getByRole("button", { name: "Make a new secret" }).click();
  await expect(item.getByLabel("Signing secret")).not.toHaveValue(secret);
  await (await reason(item, /^Remove/)).getByRole("button", { name: "Remove this endpoint" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The endpoint is removed" })).toBeVisible();
  await expect(item).toHaveCount(0);
  await receiver.close();
});
