const LENGTH_MAX = 24;
const word = /^\p{L}[\p{L}\p{M}'’-]*$/u;

/**
 * The first word of a name, as strangers may be shown it: letters alone, at most 24 of them, so that a name which is
 * an address, a sentence or an advertisement is not shown at all.
 */
export function firstNameIn(name: string | null): string | null {
  const [first = ""] = (name ?? "").normalize("NFC").trim().split(/\s+/);
  return [...first].length <= LENGTH_MAX && word.test(first) ? first : null;
}
