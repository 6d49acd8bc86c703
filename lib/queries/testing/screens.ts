import { betaGateOf } from "@/lib/queries/beta-gate";
import { bonusOf } from "@/lib/queries/bonus";
import { bonusChecklist, ownPairChecklist, pairChecklists } from "@/lib/queries/checklists";
import { creditAhead } from "@/lib/queries/credit-ahead";
import { depositsOf, paymentsUnderWay } from "@/lib/queries/deposits";
import { drawOf, referrerDraws } from "@/lib/queries/draws";
import { commissionEarned, royaltiesEarned } from "@/lib/queries/earnings";
import { heldAt } from "@/lib/queries/held-at";
import { lastVisitOf } from "@/lib/queries/last-visit";
import { monthStatement, monthsOf } from "@/lib/queries/months";
import { notificationPage, topicChoices, unreadCount } from "@/lib/queries/notifications";
import { accountView, findAccounts } from "@/lib/queries/operator/accounts";
import { applicationsToDecide } from "@/lib/queries/operator/applications";
import { auditPage } from "@/lib/queries/operator/audit";
import { joins } from "@/lib/queries/operator/clusters";
import { credits } from "@/lib/queries/operator/credits";
import { operatorList } from "@/lib/queries/operator/operators";
import { waiting } from "@/lib/queries/operator/overview";
import { programViews } from "@/lib/queries/operator/programs";
import { quarantinedSubjects } from "@/lib/queries/operator/quarantine";
import { owedAfterClosing, refunds } from "@/lib/queries/operator/refunds";
import { reviewsOf, reviewsToDecide } from "@/lib/queries/operator/reviews";
import { messageLog, webhookEndpoints } from "@/lib/queries/operator/webhooks";
import { publishedDraws } from "@/lib/queries/published-draws";
import { referralLink } from "@/lib/queries/referral-link";
import { ownReferral, referralsPage } from "@/lib/queries/referrals";
import { bonusPosting, commissionPostings } from "@/lib/queries/releases";
import { forecastOf } from "@/lib/queries/runway";
import { ownKeysOf, spendLimitsOf } from "@/lib/queries/settings";
import { spendDays } from "@/lib/queries/spend";
import { statementPage, wholeStatement } from "@/lib/queries/statement";
import { templateOf, templatesPage } from "@/lib/queries/templates";
import { type UsageWanted, usageByName, usageOverTime, usagePage } from "@/lib/queries/usage";
import { walletOf } from "@/lib/queries/wallet";
import { whyPosting } from "@/lib/queries/why/posting";

/** Whose screens, and which of what they lead to. */
export interface ScreensOf {
  account: { lane: number; id: string };
  externalId: string;
  /** One of its templates, or none. */
  template: string | null;
  /** One of its postings that is no usage, and one that is. */
  posting: string;
  charge: string;
}

const DAY_MS = 86_400_000;
/** Midnight, UTC, so many days ago. */
const ago = (days: number) => new Date((Math.floor(Date.now() / DAY_MS) - days) * DAY_MS);
const last = (days: number): UsageWanted => ({ from: ago(days - 1), to: ago(-1), filters: {} });
const startsOf = (days: number) => Array.from({ length: days }, (_, index) => ago(days - 1 - index).toISOString());

type Reads = Readonly<Record<string, () => Promise<unknown>>>;

/** What each screen of a customer reads, by the name of what reads it. */
export const customerScreens = ({
  account,
  template,
  posting,
  charge,
}: ScreensOf): Readonly<Record<string, Reads>> => ({
  shell: { unreadCount: () => unreadCount(account) },
  dashboard: {
    walletOf: () => walletOf(account),
    creditAhead: () => creditAhead(account),
    forecastOf: () => forecastOf(account),
    lastVisitOf: () => lastVisitOf(account),
    bonusOf: () => bonusOf(account),
    bonusChecklist: () => bonusChecklist(account),
    spendDays: () => spendDays(account, 30),
    statementPage: () => statementPage(account, { below: null, size: 5 }),
  },
  funds: {
    depositsOf: () => depositsOf(account, { limit: 20 }),
    paymentsUnderWay: () => paymentsUnderWay(account),
  },
  usage: {
    spendDays: () => spendDays(account, 90),
    "usageOverTime, 90 days": () => usageOverTime(account, last(90), { bucket: "day", starts: startsOf(90) }),
    "usageByName, 30 days": () => usageByName(account, last(30), { by: "sku", before: ago(60) }),
    "usageByName, 90 days": () => usageByName(account, last(90), { by: "resource", before: ago(180) }),
    usagePage: () =>
      usagePage(account, { ...last(30), filters: { resource: "endpoint_1" } }, { below: null, size: 50 }),
  },
  bonus: {
    drawOf: async () => drawOf(account, (await bonusOf(account)).drawId),
    bonusPosting: async () => bonusPosting(account, (await bonusOf(account)).drawId),
    referrerDraws: () => referrerDraws(account, { limit: 20 }),
  },
  referrals: {
    referralLink: () => referralLink(account),
    referralsPage: () => referralsPage(account, null),
    pairChecklists: async () => {
      const { referrals } = await referralsPage(account, null);
      return pairChecklists(
        account,
        referrals.map(({ id }) => id),
      );
    },
    "the second page": async () => referralsPage(account, (await referralsPage(account, null)).next),
    ownReferral: () => ownReferral(account),
    ownPairChecklist: () => ownPairChecklist(account),
    commissionEarned: () => commissionEarned(account),
    commissionPostings: () => commissionPostings(account),
    betaGateOf: () => betaGateOf(account),
  },
  templates: {
    templatesPage: () => templatesPage(account, null),
    "the second page": async () => templatesPage(account, (await templatesPage(account, null)).next),
    royaltiesEarned: () => royaltiesEarned(account),
    templateOf: async () => template !== null && templateOf(account, template, { days: 30 }),
  },
  statement: {
    statementPage: () => statementPage(account, { below: null, size: 25 }),
    "the second page": async () => {
      const { next } = await statementPage(account, { below: null, size: 25 });
      return statementPage(account, { below: BigInt(next ?? 0), size: 25 });
    },
    "a search": () =>
      statementPage(account, {
        below: null,
        size: 25,
        wanted: { ...wholeStatement, words: [{ text: "no such words", kinds: [] }] },
      }),
    heldAt: () => heldAt(account, ago(10)),
    monthsOf: () => monthsOf(account),
    monthStatement: () => monthStatement(account, new Date().toISOString().slice(0, 7)),
    "whyPosting of a charge": () => whyPosting(account, charge),
    "whyPosting of another": () => whyPosting(account, posting),
  },
  notifications: {
    notificationPage: () => notificationPage(account, null),
    topicChoices: () => topicChoices(account),
  },
  settings: {
    spendLimitsOf: () => spendLimitsOf(account),
    ownKeysOf: () => ownKeysOf(account),
  },
});

/** What each screen of the operator reads, and what the public ones do. */
export const operatorScreens = ({ account, externalId }: ScreensOf): Readonly<Record<string, Reads>> => ({
  operator: {
    waiting: () => waiting(),
    operatorList: () => operatorList(),
    findAccounts: () => findAccounts(externalId),
    accountView: () => accountView(account.id),
    reviewsOf: () => reviewsOf(account),
    reviewsToDecide: () => reviewsToDecide(undefined),
    applicationsToDecide: () => applicationsToDecide(),
    auditPage: () => auditPage({ actor: undefined, subject: undefined, before: null }),
    joins: () => joins(),
    credits: () => credits(),
    refunds: () => refunds(),
    owedAfterClosing: () => owedAfterClosing(),
    programViews: () => programViews(),
    quarantinedSubjects: () => quarantinedSubjects(),
    webhookEndpoints: () => webhookEndpoints(),
    messageLog: () => messageLog({ state: null, before: null }),
  },
  public: { publishedDraws: () => publishedDraws({ limit: 20 }) },
});
