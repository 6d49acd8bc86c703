import { dollarsFloored, percentText } from "@/lib/money/format";
import type { Trigger } from "./account";
import { expectedValue, oddsRange } from "./odds";
import { bonusText, commissionText, counted, dollarsPlain, onService } from "./phrases";
import { runtimeText } from "./pricing";
import type { Bonus, Commission, FixedBonus, Terms } from "./terms";

/** One way to get credit, in the few words of a table's cells. */
export interface Glance {
  name: string;
  takes: string;
  you: string;
  /** What whoever you referred gets; null where there is nobody. */
  they: string | null;
  comes: string;
}

/** Every reward of a program's terms, in figures of those terms. */
export function atAGlance(terms: Terms): Glance[] {
  switch (terms.program) {
    case "signup-bonus":
      return [
        {
          name: "Your bonus",
          takes: `You ${reach(terms.trigger, "you")}`,
          you: bonusCell(terms.bonus),
          they: null,
          comes: "By itself, once",
        },
      ];
    case "referral":
      return [
        {
          name: "Referral bonus",
          takes: `Somebody you refer ${reach(terms.trigger, "they")}`,
          you: bonusCell(terms.bonus),
          they: "The same, in place of the bonus above",
          comes: "By itself, once for each of them",
        },
        commission("Referral commission", terms.commission, "By itself, from the first cent"),
      ];
    case "referral-beta":
      return [
        commission(
          "Referral, beta terms",
          terms.commission,
          `When you apply, with ${counted(terms.gate.accounts, "account")} that spent ${dollarsPlain(terms.gate.spend)} together`,
        ),
      ];
    case "serverless-referral-beta":
      return [
        {
          name: "Referral milestone, beta terms",
          takes: `Somebody you refer ${reach(terms.trigger, "they")}`,
          you: bonusCell(terms.bonus),
          they: "The same",
          comes: "By itself, once for each of them",
        },
      ];
    case "template-beta":
      return [
        {
          name: "Template royalty",
          takes: "Others spend on pods started from your template",
          you: `${percentText(terms.royalty.rate)} of it, as long as the template exists`,
          they: null,
          comes: `By itself, once it has run ${runtimeText(terms.gate.runtimeMs)} in all; nothing before that is lost`,
        },
      ];
  }
}

const reach = (trigger: Trigger, who: "you" | "they"): string => {
  const verb = { spend: { you: "spend", they: "spends" }, load: { you: "pay in", they: "pays in" } }[trigger.kind][who];
  return `${verb} ${dollarsPlain(trigger.amount)}${onService(trigger)}`;
};

function bonusCell(bonus: Bonus | FixedBonus): string {
  if (bonus.kind === "fixed") return bonusText(bonus);
  const { least, most } = oddsRange(bonus.odds);
  return `${dollarsPlain(least)} to ${dollarsPlain(most)}, drawn; ${dollarsFloored(expectedValue(bonus.odds))} on average`;
}

const commission = (name: string, pays: Commission, comes: string): Glance => ({
  name,
  takes: "Somebody you refer spends",
  you: commissionText(pays),
  they: "Nothing, and it costs them nothing",
  comes,
});
