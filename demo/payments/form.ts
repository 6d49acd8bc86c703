/** What a form-encoded body holds once `a[b][0]=c` is unfolded. */
export type FormValue = string | FormValue[] | { [key: string]: FormValue };

interface Branch {
  [key: string]: string | Branch;
}

const branch = (): Branch => Object.create(null);

/**
 * Reads the bracketed form encoding of Stripe's API, from a body or a query string.
 * A branch whose keys are 0, 1, 2 … (or nothing, as in `expand[]`) becomes a list.
 */
export function readForm(encoded: string): { [key: string]: FormValue } {
  const root = branch();
  for (const [name, value] of new URLSearchParams(encoded)) {
    const path = name.replace(/\]/g, "").split("[");
    const last = path.pop() ?? "";
    let at = root;
    for (const key of path) {
      const next = at[key];
      at = typeof next === "object" ? next : grow(at, key);
    }
    at[last === "" && path.length > 0 ? String(Object.keys(at).length) : last] = value;
  }
  return Object.fromEntries(Object.entries(root).map(([key, value]) => [key, unfold(value)]));
}

function grow(at: Branch, key: string): Branch {
  const next = branch();
  at[key] = next;
  return next;
}

function unfold(value: string | Branch): FormValue {
  if (typeof value === "string") return value;
  const keys = Object.keys(value);
  if (keys.every((key, index) => key === String(index))) return keys.map((key) => unfold(value[key] ?? ""));
  return Object.fromEntries(keys.map((key) => [key, unfold(value[key] ?? "")]));
}
