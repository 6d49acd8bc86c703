const GMAIL = new Set(["gmail.com", "googlemail.com"]);

/**
 * The form under which two spellings of one mailbox are the same person: lower case, `+tag` dropped; for Gmail dots
 * dropped in the local part and googlemail.com read as gmail.com. For comparing only, never for sending.
 * A text that is not an address comes back trimmed and in lower case.
 */
export function normaliseEmail(email: string): string {
  const plain = email.trim().toLowerCase();
  const at = plain.lastIndexOf("@");
  if (at < 1) return plain;
  const domain = plain.slice(at + 1);
  const local = untagged(plain.slice(0, at));
  return GMAIL.has(domain) ? `${undotted(local)}@gmail.com` : `${local}@${domain}`;
}

/** What would leave no local part at all is kept: nobody's mailbox may become everybody's. */
const untagged = (local: string): string => local.replace(/(?<=.)\+.*$/s, "");
const undotted = (local: string): string => local.replaceAll(".", "") || local;
