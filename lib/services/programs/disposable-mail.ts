import { disposableEmailBlocklistSet } from "disposable-email-domains-js";

let listed: Set<string> | null = null;

/** Whether an address is of a provider of throw-away mailboxes: its domain, or one above it, is on the kept list. */
export function isDisposableMail(email: string): boolean {
  listed ??= disposableEmailBlocklistSet();
  const labels = email
    .slice(email.lastIndexOf("@") + 1)
    .trim()
    .toLowerCase()
    .replace(/\.$/, "")
    .split(".");
  for (const index of labels.keys()) {
    if (listed.has(labels.slice(index).join("."))) return true;
  }
  return false;
}
