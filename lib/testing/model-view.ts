import type { ModelAccount } from "./model/accounts";
import type { Books } from "./model/books";
import { progress } from "./model/rewards";
import { byService, decimal, least, sum } from "./model/rules";

const total = (amounts: Record<string, bigint>) => sum(Object.values(amounts));
const shown = (amounts: Record<string, bigint>) =>
  Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, decimal(amount)]));

/** What the API must show of an account, by the model. */
export function expectedAccount(books: Books, account: ModelAccount) {
  const { name, promo, promoHeld, earned, paidNet, debt, deposited } = account;
  const charged = byService((service) =>
    sum(books.line(account).map((use) => (use.service === service ? use.charge : 0n))),
  );
  const paid = books.paidSpend(account);
  const [money, arrears] = paidNet < 0n ? [0n, -paidNet] : [paidNet, 0n];
  const available = promo + earned + paidNet;
  const referred = books.referredBy(name);
  const { trigger } = account.bonusTerms;
  return {
    wallet: {
      promo: decimal(promo),
      promoHeld: decimal(promoHeld),
      earned: decimal(earned),
      market: "0",
      paid: decimal(money),
      arrears: decimal(arrears),
      debt: decimal(debt),
      reserved: "0",
      available: decimal(available > 0n ? available : 0n),
    },
    lifetime: {
      deposited: decimal(deposited),
      charged: decimal(total(charged)),
      byService: shown(charged),
      paidSpend: decimal(total(paid)),
      paidByService: shown(paid),
    },
    bonus: {
      program: account.pairStands && account.program === "referral" ? "referral" : "signup-bonus",
      reason: account.notEligible,
      trigger: decimal(trigger.amount),
      progress: decimal(least(progress(account, trigger), trigger.amount)),
    },
    earnings: expectedEarnings(books, account),
    referrals: {
      followed: 0,
      signedUp: referred.length,
      spending: referred.filter((other) => total(books.paidSpend(other)) > 0n).length,
      qualified: referred.filter(({ bonusReached }) => bonusReached).length,
    },
  };
}

function expectedEarnings(books: Books, { name }: ModelAccount) {
  const posted = (sources: readonly string[]) => ({
    pending: decimal(sum(sources.map((source) => books.posted(source).pending))),
    released: decimal(sum(sources.map((source) => books.posted(source).released))),
  });
  const standing = (kind: "bonus" | "milestone") => {
    const posted = books.rewards
      .filter((reward) => reward.kind === kind && reward.beneficiary === name && reward.posted)
      .filter(({ trigger }) => kind === "milestone" || trigger !== name);
    const accrued = sum(posted.map(({ amount }) => amount));
    const pending = sum(posted.map(({ held, amount }) => (held ? amount : 0n)));
    return { accrued: decimal(accrued), pending: decimal(pending), released: decimal(accrued - pending) };
  };
  const own = [...books.templates].flatMap(([template, { creator }]) => (creator === name ? template : []));
  const commission = books.commissionParts(name);
  return {
    commission: {
      accrued: decimal(sum(commission.map(({ accrued }) => accrued)), 13),
      ...posted(commission.map(({ source }) => source)),
    },
    royalty: {
      accrued: decimal(sum(own.map((template) => books.royalty(template))), 13),
      ...posted(own.map((template) => `royalty ${template}`)),
    },
    milestones: standing("milestone"),
    referralBonuses: standing("bonus"),
  };
}

/** In which states an account's own bonus may be, by the model, and the amount that is shown. */
export function expectedBonus(books: Books, account: ModelAccount): { states: string[]; amount: string | null } {
  const drawn = books.rewards.find(
    ({ kind, trigger, beneficiary }) => kind === "bonus" && trigger === account.name && beneficiary === account.name,
  );
  if (drawn) return { states: [drawn.posted ? "drawn" : "taken_back"], amount: decimal(drawn.amount) };
  if (account.bonusReached) return { states: ["due", "bound"], amount: null };
  return { states: [account.notEligible === null ? "locked" : "not_eligible"], amount: null };
}

/** How many of its referrals made a draw due for an account. */
export const expectedReferralDraws = (books: Books, { name }: ModelAccount): number =>
  books.draws.filter(({ side, beneficiary }) => side === "referral" && beneficiary === name).length;

/** What the API must show of a template, by the model. */
export function expectedTemplate(books: Books, name: string) {
  const { pending, released } = books.posted(`royalty ${name}`);
  return {
    runtimeMs: Number(books.runtimeMs(name)),
    users: books.users(name),
    spend: decimal(books.templateSpend(name)),
    gateMet: books.templates.get(name)?.gateMet,
    royalty: { accrued: decimal(books.royalty(name), 13), pending: decimal(pending), released: decimal(released) },
  };
}
