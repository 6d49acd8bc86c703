import { byService, decimal, type ModelAccount, type ReferenceModel } from "./reference-model";

const total = (amounts: Record<string, bigint>) => Object.values(amounts).reduce((sum, each) => sum + each, 0n);
const shown = (amounts: Record<string, bigint>) =>
  Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, decimal(amount)]));

/** What the API must show of an account, by the model. */
export function expectedAccount(model: ReferenceModel, account: ModelAccount) {
  const { name, promo, earned, paidNet, deposited, usage, notEligible, referralStands } = account;
  const charged = byService((service) =>
    usage.reduce((sum, use) => (use.service === service ? sum + use.charge : sum), 0n),
  );
  const paid = model.paidSpend(account);
  const spent = total(paid);
  const [money, arrears] = paidNet < 0n ? [0n, -paidNet] : [paidNet, 0n];
  const available = promo + earned + paidNet;
  const referred = model.referredBy(name);
  const qualified = referred.filter((other) => model.reached(other));
  const royalties = [...model.templates].filter(([, { creator }]) => creator === name).map(([template]) => template);
  const posted = royalties.map((template) => model.posted(`royalty ${template}`));
  const commission = model.posted(`commission ${name}`);
  return {
    wallet: {
      promo: decimal(promo),
      promoHeld: "0",
      earned: decimal(earned),
      market: "0",
      paid: decimal(money),
      arrears: decimal(arrears),
      debt: "0",
      reserved: "0",
      available: decimal(available > 0n ? available : 0n),
    },
    lifetime: {
      deposited: decimal(deposited),
      charged: decimal(total(charged)),
      byService: shown(charged),
      paidSpend: decimal(spent),
      paidByService: shown(paid),
    },
    bonus: {
      program: referralStands ? "referral" : "signup-bonus",
      reason: notEligible,
      trigger: "10",
      progress: decimal(spent > 10_000_000_000n ? 10_000_000_000n : spent),
    },
    earnings: {
      commission: {
        accrued: decimal(model.commission(name), 13),
        pending: decimal(commission.pending),
        released: decimal(commission.released),
      },
      royalty: {
        accrued: decimal(
          royalties.reduce((sum, template) => sum + model.royalty(template), 0n),
          13,
        ),
        pending: decimal(posted.reduce((sum, { pending }) => sum + pending, 0n)),
        released: decimal(posted.reduce((sum, { released }) => sum + released, 0n)),
      },
    },
    referrals: {
      followed: 0,
      signedUp: referred.length,
      spending: referred.filter((other) => total(model.paidSpend(other)) > 0n).length,
      qualified: qualified.length,
    },
  };
}

/** How many draws an account gains by: its own, and one for each referral that qualified. */
export const expectedDraws = (model: ReferenceModel, account: ModelAccount) => ({
  own: model.reached(account) ? 1 : 0,
  ofReferrals: model.referredBy(account.name).filter((other) => other.referralStands && model.reached(other)).length,
});

/** What the API must show of a template, by the model. */
export function expectedTemplate(model: ReferenceModel, name: string) {
  const { runtimeMs, users, spend } = model.templateTotals(name);
  const { pending, released } = model.posted(`royalty ${name}`);
  return {
    runtimeMs: Number(runtimeMs),
    users,
    spend: decimal(spend),
    gateMet: model.gateMet(name),
    royalty: {
      accrued: decimal(model.royalty(name), 13),
      pending: decimal(pending),
      released: decimal(released),
    },
  };
}
