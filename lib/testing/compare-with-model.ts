import { expect } from "vitest";
import type { ApiHarness } from "./api-harness";
import { expectedAccount, expectedDraws, expectedTemplate } from "./model-view";
import { PublishedDraw, recomputeCents } from "./recompute-draw";
import { decimal, type ReferenceModel } from "./reference-model";

/** A sweep was made: tells the model which draws were drawn, and what comes out of them when they are repeated. */
export async function readDraws(api: ApiHarness, model: ReferenceModel): Promise<void> {
  const accounts = [...model.accounts.values()].map((account) => ({
    account,
    ...expectedDraws(model, account),
  }));
  await Promise.all(
    accounts
      .filter(({ own, ofReferrals }) => own + ofReferrals > 0)
      .map(async ({ account, own, ofReferrals }) => {
        const { bonus, earnings } = await api.account(account.name);
        const referralDraws = earnings.referralBonuses?.draws ?? [];
        expect(referralDraws).toHaveLength(ofReferrals);
        const ids = [...(own === 1 ? [bonus.drawId] : []), ...referralDraws];
        for (const id of ids.filter((each) => !account.drawn.has(each)))
          await readDraw(api, model, { beneficiary: account.name, id });
      }),
  );
}

async function readDraw(
  api: ApiHarness,
  model: ReferenceModel,
  { beneficiary, id }: { beneficiary: string; id: string },
): Promise<void> {
  const { status, body } = await api.call("GET", `/api/v1/draws/${id}`);
  expect(status).toBe(200);
  const draw = PublishedDraw.parse(body);
  if (draw.state !== "drawn") return;
  const amount = BigInt(recomputeCents(draw)) * 10_000_000n;
  expect(draw.amount).toBe(decimal(amount));
  model.draw(beneficiary, id, amount);
}

/** Every number of every account and template is the model's. */
export async function compareWithModel(api: ApiHarness, model: ReferenceModel): Promise<void> {
  for (const account of model.accounts.values()) {
    const found = await api.account(account.name);
    expect({ name: account.name, ...found }).toMatchObject({
      name: account.name,
      ...expectedAccount(model, account),
    });
    const { own } = expectedDraws(model, account);
    const before = account.notEligible === null ? ["locked"] : ["not_eligible"];
    expect(own === 1 ? ["due", "bound", "drawn"] : before).toContain(found.bonus.state);
    const drawn = account.drawn.get(found.bonus.drawId);
    expect(found.bonus.amount).toBe(drawn === undefined ? null : decimal(drawn));
  }
  for (const template of model.templates.keys()) {
    const found = await api.template(template);
    expect({ template, ...found }).toMatchObject({ template, ...expectedTemplate(model, template) });
  }
}
