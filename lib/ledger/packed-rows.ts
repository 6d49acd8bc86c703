import type { Nanos } from "@/lib/money/nanos";

/** Stands between rows. */
const RECORD = "\u001e";

/**
 * A query of a whole set of rows as one text value: the driver spends more on forty columns of a thousand rows than
 * the rules do. Only for values without white space, commas, quotes or brackets.
 * @param columns SQL of each column, by its name
 * @param from the rest of the query, which may lock rows: in the order it says
 */
export const packedQuery = (columns: Readonly<Record<string, string>>, from: string): string => `
  select string_agg(each.packed, '${RECORD}') as packed
    from (select row(${Object.values(columns).join(", ")})::text as packed ${from}) each`;

/** Where each column stands. */
type Places<Name extends string> = Readonly<Record<Name, number>>;

export const placesOf = <Name extends string>(columns: Readonly<Record<Name, string>>): Places<Name> =>
  Object.fromEntries(Object.keys(columns).map((name, place) => [name, place])) as Places<Name>;

/** One row of a packed query. What is null there is empty. */
export class PackedRow<Name extends string> {
  readonly #values: readonly string[];
  readonly #places: Places<Name>;

  constructor(packed: string, places: Places<Name>) {
    this.#values = packed.slice(1, -1).split(",");
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

  flag(name: Name): boolean {
    return this.text(name) === "t";
  }
}

export const unpack = <Name extends string>(
  packed: string | null | undefined,
  places: Places<Name>,
): PackedRow<Name>[] => (packed ? packed.split(RECORD).map((row) => new PackedRow(row, places)) : []);
