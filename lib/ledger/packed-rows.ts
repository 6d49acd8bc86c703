import type { Nanos } from "@/lib/money/nanos";

/** Stands between values, and between rows. */
const UNIT = "\u001f";
const RECORD = "\u001e";

/**
 * A query of a whole set of rows as one text value: the driver spends more on forty columns of a thousand rows than
 * the rules do. Only for values without control characters.
 * @param columns SQL of each column, by its name; none of them null
 * @param from the rest of the query, which may lock rows: in the order it says
 */
export const packedQuery = (columns: Readonly<Record<string, string>>, from: string): string => `
  select string_agg(each.packed, '${RECORD}') as packed
    from (select concat_ws('${UNIT}', ${Object.values(columns).join(", ")}) as packed ${from}) each`;

/** Where each value stands. */
export type Places<Name extends string> = Readonly<Record<Name, number>>;

export const placesOf = <Name extends string>(names: readonly Name[]): Places<Name> =>
  Object.fromEntries(names.map((name, place) => [name, place])) as Places<Name>;

/** Several values packed into one text, read by name. What stands for null is empty. */
export class Packed<Name extends string> {
  readonly #values: readonly string[];
  readonly #places: Places<Name>;

  constructor(values: readonly string[], places: Places<Name>) {
    this.#values = values;
    this.#places = places;
  }

  text(name: Name): string {
    return this.#values[this.#places[name]] ?? "";
  }

  number(name: Name): number | null {
    const text = this.text(name);
    return text === "" ? null : Number(text);
  }

  nanos(name: Name): Nanos {
    return BigInt(this.text(name)) as Nanos;
  }

  /** Written by itself, or made text. */
  flag(name: Name): boolean {
    const text = this.text(name);
    return text === "t" || text === "true";
  }
}

/** The rows of a packed query. */
export const unpack = <Name extends string>(packed: string | null | undefined, places: Places<Name>): Packed<Name>[] =>
  packed ? packed.split(RECORD).map((row) => new Packed(row.split(UNIT), places)) : [];
