import type { Page } from "@playwright/test";
import { arriving, betaReferrer, held, payer, waiting } from "./guests";

/** One screen in one state. */
export interface Scene {
  /** Of its files, unique: "referrals-many". */
  name: string;
  title: string;
  /** Where it is: an address, or the way to one. */
  at: string | ((page: Page) => Promise<string>);
  /** The heading it begins at; the page's top when absent. */
  from?: string;
  /** What has to be read there, where the picture is of a state that has to come about. */
  shows?: RegExp;
}

/** What one person sees. */
export interface Part {
  title: string;
  /** Of the demo's people, or typed; null is signed out. */
  who: { name: string; email?: string } | null;
  scenes: readonly Scene[];
}

/** The address of the first link on a page that matches. */
const linked = (from: string, selector: string) => async (page: Page) => {
  await page.goto(from);
  const address = await page.getByRole("main").locator(selector).first().getAttribute("href");
  if (address === null) throw new Error(`${from} has no ${selector} that leads anywhere.`);
  return address;
};

const diffusion = linked("/templates", "a:has-text('Stable Diffusion XL')");

const rafael = { name: "Rafael Referrer" };

/** The pages of an address that Rafael's or Tara's link says, for somebody signed out. */
export interface Links {
  invited: string;
  template: string;
}

/** Every screen in its main states. */
export function partsOf(links: Links): readonly Part[] {
  return [
    {
      title: "Signed out",
      who: null,
      scenes: [
        { name: "landing", title: "Landing", at: "/" },
        { name: "landing-glance", title: "Landing: at a glance", at: "/", from: "At a glance" },
        { name: "landing-calculators", title: "Landing: the calculators", at: "/", from: "What it comes to" },
        { name: "landing-odds", title: "Landing: the odds", at: "/", from: "The odds" },
        { name: "invited", title: "Somebody’s link", at: links.invited },
        { name: "invited-nobody", title: "A link that is nobody’s", at: "/invited/nobody-has-this" },
        { name: "shared-template", title: "A template that was sent", at: links.template },
        { name: "fairness", title: "Fairness", at: "/fairness" },
        { name: "help", title: "Help", at: "/help" },
        { name: "docs-api", title: "The machine API", at: "/docs/api" },
        { name: "sign-in", title: "Sign in", at: "/sign-in" },
        { name: "not-found", title: "No such page", at: "/no-such-page" },
      ],
    },
    {
      title: "A new customer, with nothing yet",
      who: arriving,
      scenes: [
        { name: "new-dashboard", title: "Dashboard", at: "/dashboard" },
        { name: "new-usage", title: "Usage", at: "/usage" },
        { name: "new-funds", title: "Funds", at: "/funds" },
        { name: "new-bonus", title: "Bonus", at: "/bonus" },
        { name: "new-referrals", title: "Referrals", at: "/referrals" },
        { name: "new-templates", title: "Templates", at: "/templates" },
        { name: "new-statement", title: "Statement", at: "/statement" },
        { name: "new-notifications", title: "Notifications", at: "/notifications" },
      ],
    },
    {
      title: "On the way to the bonus",
      who: waiting,
      scenes: [
        { name: "waiting-dashboard", title: "Dashboard", at: "/dashboard" },
        { name: "waiting-bonus", title: "Bonus", at: "/bonus" },
      ],
    },
    {
      title: "A bonus held for review",
      who: held,
      scenes: [
        { name: "held-dashboard", title: "Dashboard", at: "/dashboard", shows: /in review/i },
        { name: "held-bonus", title: "Bonus", at: "/bonus", shows: /in review/i },
        { name: "held-ask", title: "Ask a person", at: "/help/ask" },
      ],
    },
    {
      title: "In use, the bonus drawn",
      who: { name: "Rita Referred" },
      scenes: [
        { name: "dashboard", title: "Dashboard", at: "/dashboard" },
        { name: "bonus", title: "Bonus", at: "/bonus" },
        { name: "usage", title: "Usage", at: "/usage" },
        { name: "funds", title: "Funds", at: "/funds" },
        { name: "receipt", title: "A receipt", at: linked("/funds", "a[href^='/funds/receipts/']") },
        { name: "statement", title: "Statement", at: "/statement" },
        {
          name: "entry",
          title: "An entry, and what paid for it",
          at: linked("/statement", "a[href^='/statement/']:not([href*='months'], [href*='export'])"),
        },
        { name: "statement-then", title: "Statement: what one had", at: "/statement", from: "What did I have?" },
        { name: "months", title: "Monthly statements", at: "/statement/months" },
        { name: "month", title: "One month", at: linked("/statement/months", "a[href^='/statement/months/']") },
        { name: "notifications", title: "Notifications", at: "/notifications" },
        { name: "asked", title: "A question, answered", at: "/help/ask" },
        { name: "settings", title: "Settings", at: "/settings" },
        { name: "settings-keys", title: "Settings: keys and signing in", at: "/settings", from: "API keys" },
        { name: "close", title: "Closing the account", at: "/settings/close" },
      ],
    },
    {
      title: "A card on file",
      who: payer,
      scenes: [{ name: "paid-funds", title: "Funds", at: "/funds" }],
    },
    {
      title: "A referrer, with referrals at every stage",
      who: rafael,
      scenes: [
        { name: "referrer-dashboard", title: "Dashboard", at: "/dashboard" },
        { name: "referrals", title: "Referrals", at: "/referrals" },
        {
          name: "referral",
          title: "One referral",
          at: linked("/referrals", "a[href^='/referrals/']:not([href*='/qr/'])"),
        },
        { name: "referrals-list", title: "Referrals: the list", at: "/referrals", from: "Your referrals" },
        { name: "referrals-who", title: "Referrals: who sees what", at: "/referrals", from: "Who sees what" },
        { name: "referrer-bonus", title: "Bonuses of referrals", at: "/bonus" },
        { name: "draw", title: "One draw", at: linked("/bonus", "a[href^='/bonus/']") },
        { name: "referrer-usage", title: "Usage by service", at: "/usage" },
      ],
    },
    {
      title: "A referrer under the beta terms, who applied",
      who: betaReferrer,
      scenes: [
        { name: "beta-referrals", title: "Referrals", at: "/referrals" },
        { name: "beta-gate", title: "Referrals: the gate, and the application", at: "/referrals", from: "Beta terms" },
      ],
    },
    {
      title: "A creator",
      who: { name: "Tara Template" },
      scenes: [
        { name: "creator-dashboard", title: "Dashboard", at: "/dashboard" },
        { name: "templates", title: "Templates", at: "/templates" },
        { name: "templates-new", title: "Templates: register one", at: "/templates", from: "Register a template" },
        { name: "template", title: "One template", at: diffusion },
        { name: "template-what-if", title: "One template: what if", at: diffusion, from: "What if" },
      ],
    },
    {
      title: "A customer from before",
      who: { name: "Ivan Imported" },
      scenes: [{ name: "imported-dashboard", title: "Dashboard", at: "/dashboard" }],
    },
    {
      title: "The operator’s console",
      who: { name: "Olga Operator" },
      scenes: [
        { name: "operator", title: "Overview", at: "/operator" },
        { name: "operator-reviews", title: "Held for review", at: "/operator/reviews" },
        { name: "operator-applications", title: "Applications", at: "/operator/applications" },
        { name: "operator-support", title: "Questions", at: "/operator/support" },
        { name: "operator-quarantine", title: "Quarantine", at: "/operator/quarantine" },
        { name: "operator-programs", title: "Programs", at: "/operator/programs" },
        { name: "operator-credit", title: "Credit", at: "/operator/credit" },
        { name: "operator-refunds", title: "Refunds", at: `/operator/refunds?account=${payer.externalId}` },
        { name: "operator-accounts", title: "Accounts", at: "/operator/accounts" },
        // One match is shown at once.
        { name: "operator-account", title: "One account", at: `/operator/accounts?q=${held.externalId}` },
        { name: "operator-clusters", title: "Clusters", at: "/operator/clusters" },
        { name: "operator-webhooks", title: "Webhooks", at: "/operator/webhooks" },
        { name: "operator-audit", title: "Audit log", at: "/operator/audit" },
      ],
    },
  ];
}
