import type { ModelAccount } from "./model/accounts";
import type { Books } from "./model/books";
import { versionOf } from "./model/terms";

type Meeting = (books: Books) => number;

const accounts =
  (counts: (account: ModelAccount, books: Books) => boolean): Meeting =>
  (books) =>
    [...books.accounts.values()].filter((account) => counts(account, books)).length;
const commissionTerms = ({ program, version }: ModelAccount, { versions }: Books) =>
  versionOf(versions, program, version);
const isPaid = ({ name, referrer }: ModelAccount, { commissionParts }: Books): boolean =>
  referrer !== null && commissionParts(referrer).some(({ accrued }) => accrued > 0n) && name !== referrer;
const bonuses =
  (counts: (bonus: Books["rewards"][number]) => boolean): Meeting =>
  (books) =>
    books.rewards.filter((reward) => reward.kind === "bonus" && counts(reward)).length;

/** What terms may say beyond the published ones, and how often a history met it. */
export const termsMet: Readonly<Record<string, Meeting>> = {
  "bonuses due by load": accounts(({ bonusReached, bonusTerms }) => bonusReached && bonusTerms.trigger.kind === "load"),
  "bonuses of a fixed amount": ({ draws }) =>
    draws.filter(({ state, terms }) => state === "drawn" && terms.fixed !== null).length,
  "bonuses by a region of its own": (books) =>
    books.draws.filter(({ state, terms, beneficiary }) => {
      const { region } = books.account(beneficiary);
      return state === "drawn" && typeof region === "string" && terms.fixed?.byRegion[region] !== undefined;
    }).length,
  "bonuses beyond the limit of a referrer": ({ draws }) => draws.filter(({ state }) => state === "beyond").length,
  "bonuses held by their terms": bonuses(({ holdMs, releaseAtMs }) => holdMs > 0 && releaseAtMs !== null),
  "bonuses that expired": bonuses(({ expired }) => expired > 0n),
  "accounts by a sign-in that their terms name": accounts(
    ({ notEligible, signedInBy, bonusTerms }) =>
      notEligible === null && signedInBy !== undefined && bonusTerms.signIns !== null,
  ),
  "accounts by a sign-in that they do not": accounts(({ notEligible }) => notEligible === "sign_in_method"),
  "pairs that earn by any provenance": accounts(
    (account, books) => isPaid(account, books) && commissionTerms(account, books).provenance === "any",
  ),
  "templates that earn by any provenance": ({ templates, royalty }) =>
    [...templates].filter(([name, { terms }]) => terms.provenance === "any" && royalty(name) > 0n).length,
  "referrers at the limit of a version": (books) =>
    [...books.accounts.keys()].filter((name) =>
      books.commissionParts(name).some(({ accrued, most }) => most !== null && accrued / 10_000n > most),
    ).length,
};
