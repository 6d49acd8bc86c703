import { canonicalCode } from "@/lib/services/accounts/referral-code";

export const OWN_CODE_MIN = 4;
export const OWN_CODE_MAX = 30;

/** Addresses of ours, and what would make a link look like it came from the platform. Compared without hyphens. */
const reserved = new Set(
  `account accounts admin administrator anonymous billing bonus bonuses contact credit credits customer customers dashboard
  fairness finance freecredit funds giveaway help helpdesk home invited legal login logout market moderator nobody null
  official operator operators owner password payment payments platform prize promo referral referrals refund refunds
  register root security service settings signin signup staff statement status support system team template templates
  terms undefined usage verify wallet webhook webhooks winner`.split(/\s+/),
);

type Judged = { ok: true; code: string } | { ok: false; detail: string };

const no = (detail: string): Judged => ({ ok: false, detail });

/** Whether a code may be chosen, in the form it is kept in; if not, what to do. Whether it is free is another question. */
export function judgeOwnCode(typed: string): Judged {
  const code = canonicalCode(typed.trim());
  if (code.length < OWN_CODE_MIN || code.length > OWN_CODE_MAX) {
    return no(`Choose ${OWN_CODE_MIN} to ${OWN_CODE_MAX} characters; this has ${code.length}.`);
  }
  if (!/^[a-z0-9-]+$/.test(code)) return no("Use letters from a to z, digits and hyphens, nothing else.");
  if (/^-|-$|--/.test(code)) return no("Begin and end with a letter or a digit, and put no two hyphens together.");
  const plain = code.replaceAll("-", "");
  if (reserved.has(plain) || plain.includes("tenspot")) {
    return no("This word is kept for the platform. Choose another, such as your own name.");
  }
  return { ok: true, code };
}
