import { services } from "./account";
import { bonusText, commissionText, dollarsPlain, onService } from "./phrases";
import type { TermsOf } from "./terms";

/** Words to send a referral link with, in the referrer's own mouth. Each says what they gain by it, and has the link. */
export interface ShareTexts {
  /** For somebody they know, in a sentence or two. */
  message: string;
  /** For everybody: with the default terms at most 280 characters, the link counted as 23. */
  post: string;
  mail: { subject: string; text: string };
}

/** Every figure in them comes from the terms that pin whoever signs up now. */
export function shareTexts(terms: TermsOf<"referral">, url: string): ShareTexts {
  const { trigger, bonus, commission } = terms;
  const first = `${trigger.kind} your first ${dollarsPlain(trigger.amount)}${onService(trigger)}`;
  const gift = `we both get ${bonusText(bonus)}`;
  const drawn = bonus.kind === "draw" ? " Anyone can check the draw." : "";
  const earns = services.some((service) => commission.rates[service] > 0n);
  const gain = earns ? " I earn commission on what you spend, which costs you nothing." : "";
  return {
    message: `If you sign up by my link and ${first}, ${gift}.${gain} ${url}`,
    post: `If you rent GPUs: sign up for Tenspot by my link, ${first}, and ${gift}.${drawn}${gain} ${url}`,
    mail: {
      subject: `GPU credit for each of us: ${bonusText(bonus)}`,
      text: [
        "Hello,",
        "if you rent GPUs, have a look at Tenspot: credit is prepaid, and every cent that is used is explained.",
        `Sign up by my link and ${first}, and ${gift}.${drawn} It is for new accounts, once each.`,
        url,
        ...(earns ? [`I earn ${commissionText(commission, "your")}. It costs you nothing.`] : []),
      ].join("\n\n"),
    },
  };
}
