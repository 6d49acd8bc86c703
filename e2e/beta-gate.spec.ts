import { type APIRequestContext, expect, test } from "@playwright/test";
import { localKey } from "@/demo/machine-api/local-key";
import { EarningPlatform } from "./earning-steps";
import { expectSoundAt390 } from "./screen-steps";
import { newcomer, signInWith } from "./sign-in-steps";

const HOUR_MS = 3_600_000;
const GATE_ACCOUNTS = 25;

/** What the operator's platform says beside usage: who is under the beta terms, and what became of an application. */
async function operatorOf(request: APIRequestContext) {
  const { DATABASE_URL: databaseUrl = "", TENSPOT_HOME: home = "", TEST_PARALLEL_INDEX: worker = "0" } = process.env;
  const key = await localKey({ databaseUrl, home, name: `browser-tests-gate-${worker}`, scopes: ["admin"] });
  const headers = { Authorization: `Bearer ${key}` };
  return {
    make: async (path: string, data: unknown) => {
      const answer = await request.post(path, { headers, data });
      expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
    },
    read: async (path: string) => (await request.get(path, { headers })).json(),
  };
}

test("a referrer under the beta terms applies once both conditions hold, and reads what the operator said", async ({
  page,
  request,
  baseURL,
}) => {
  test.slow();
  const platform = await EarningPlatform.of(baseURL);
  const operator = await operatorOf(request);
  const ravi = newcomer("Ravi");
  await signInWith(page, "Google", ravi);
  const referrer = await platform.customerOf(ravi);
  const { referralCode } = await operator.read(`/api/v1/accounts/${referrer}`);
  const refer = async () => {
    const externalId = `cust-${crypto.randomUUID()}`;
    await operator.make("/api/v1/accounts", { externalId, referralCode });
    await operator.make(`/api/v1/accounts/${externalId}/enrolments`, {
      program: "referral-beta",
      reference: externalId,
    });
    await platform.deposit(externalId, "20");
    await platform.use(externalId, [{ durationMs: 20 * HOUR_MS }]);
  };
  for (let count = 1; count < GATE_ACCOUNTS; count += 1) await refer();
  await platform.sweep();

  await page.goto("/referrals");
  const section = page.getByRole("region", { name: "Beta terms" });
  await expect(section).toContainText("$9.60");
  await expect(section).toContainText("24 of 25 referred accounts with paid spend");
  await expect(section).toContainText("1 account more.");
  await expect(section).toContainText("$20.00 is missing, of all of them together.");
  const apply = section.getByRole("button", { name: "Apply for release" });
  await expect(apply).toBeHidden();

  await refer();
  await page.reload();
  await apply.focus();
  await page.keyboard.press("Enter");
  await expect(section.getByText("You applied").first()).toBeVisible();
  await expectSoundAt390(page, "/referrals");

  const { data } = await operator.read("/api/v1/applications");
  const { reference } = data.find((each: { account: string }) => each.account === referrer);
  const decision = { accept: false, reason: "Come back when they stay longer." };
  await operator.make(`/api/v1/applications/${encodeURIComponent(reference)}/decision`, decision);
  await page.reload();
  await expect(section.getByText("Your application was declined")).toBeVisible();
  await expect(section).toContainText("Come back when they stay longer.");
  await expect(section).toContainText(/you may apply again from .* UTC/);
  await expect(apply).toBeHidden();
});
