import fc from "fast-check";

/** A JSON text that `JSON.stringify` cannot write, such as 1e309. */
class RawJson {
  constructor(readonly text: string) {}
}
const raw = (text: string) => new RawJson(text);

/** JSON with the raw texts in it. */
export function toJson(value: unknown): string {
  const texts: string[] = [];
  const marked = JSON.stringify(value, (_, each) =>
    each instanceof RawJson ? `raw:${texts.push(each.text) - 1}` : each,
  );
  return marked.replace(/"raw:(\d+)"/g, (_, index) => texts[Number(index)] ?? "");
}

const nested = (depth: number) => raw(`${"[".repeat(depth)}${"]".repeat(depth)}`);
const nestedObjects = (depth: number) => raw(`${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`);

/** What no field takes. */
const notText = [
  0,
  1,
  -1,
  1.5,
  true,
  false,
  [],
  ["10"],
  {},
  { length: 1 },
  { __proto__: null, toString: "x" },
  raw('{"__proto__":{"polluted":true}}'),
  raw('{"constructor":{"prototype":{"polluted":true}}}'),
  raw("1e309"),
  raw("-1e309"),
  raw("-0"),
  raw("0.1e-400"),
  raw("123456789012345678901234567890"),
  nested(5_000),
  nestedObjects(2_000),
] as const;

/** Texts that are neither names, labels, times, amounts nor one of a list. */
const unprintable = ["\u0000", "a\u0000b", "\u0007", "line\nbreak", "\u007f", "\u0085", "\ud800", "x\udfff", "\ud83d"];
const giant = ["x".repeat(1_001), "9".repeat(5_000), "é".repeat(100_000), "\u202e".repeat(70_000)];

const badText = {
  name: ["", " ", "a b", "a/b", "é", "ａ", "a,b", "../x", "%00", "'; drop table accounts; --", "x".repeat(129)],
  label: ["", "x".repeat(257)],
  sentence: [""],
  email: ["", "x", "@", "a@", "a@b", "a b@example.com", "a@b@c.com", "é@example.com", `${"x".repeat(250)}@example.com`],
  region: ["", "eu west", "x".repeat(33), "é"],
  code: ["", "nobody", "__proto__", "' or 1=1", "x".repeat(64), "x".repeat(65)],
  service: ["", "POD", "pod ", "gpu", "__proto__", "toString", "pod,storage"],
  unit: ["", "HOUR", "minute", "constructor"],
  method: ["", "Card", "cash", "valueOf"],
  bucket: ["", "paid", "market", "PROMO", "hasOwnProperty"],
  amount: [
    "",
    " ",
    "abc",
    "NaN",
    "Infinity",
    "-Infinity",
    "-1",
    "+1",
    "−1",
    "1e3",
    "1e309",
    "0x10",
    "5.",
    ".5",
    "1 ",
    " 1",
  ].concat(["1,000", "1_000", "$1", "1.0000000001", "٣", "１", "1.2.3", "99999999999", "9".repeat(400), "1\u0000"]),
  positive: ["0", "0.000000000", "00", "10000000.000000001", "9223372036.854775807"],
  quantity: ["", "abc", "NaN", "-1", "1e3", "1.0001", ".5", "1.", "1,5", "9".repeat(16), "1 GPU"],
  duration: ["", "abc", "-1", "1e3", "1h", "9".repeat(16), "0x10", " 5"],
  time: [
    "",
    "now",
    "2026-11-21",
    "2026-11-21T10:00:00",
    "2026-11-21 10:00Z",
    "2026-13-01T00:00:00Z",
    "1763719200000",
  ].concat([
    "2026-02-30T00:00:00Z",
    "2026-11-21T24:00:00Z",
    "2026-11-21T10:60:00Z",
    "2026-11-21T10:00:00+24:00",
    "2026-11-21T10:00:00.Z",
    "0000-01-01T00:00:00Z",
    "0001-01-01T00:00:00+00:01",
    "9999-12-31T23:59:59-00:01",
    "+010000-01-01T00:00:00Z",
    "-000001-01-01T00:00:00Z",
    "２026-11-21T10:00:00Z",
  ]),
  ahead: ["2026-11-21T13:00:00.001Z", "2999-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z"],
  flag: ["", "true", "false", "yes"],
} as const;
type TextKind = keyof typeof badText;

const texts = (...kinds: TextKind[]): readonly unknown[] => kinds.flatMap((kind): readonly unknown[] => badText[kind]);
const not = (...values: unknown[]) => notText.filter((each) => !values.includes(each));

/** For each kind of field, what it must refuse. Null is among them where the field is required. */
export const badValues = {
  name: [...notText, ...unprintable, ...giant, ...texts("name")],
  label: [...notText, ...unprintable, ...giant, ...texts("label")],
  sentence: [...notText, ...unprintable, ...giant, ...texts("sentence")],
  email: [...notText, ...unprintable, ...giant, ...texts("email")],
  region: [...notText, ...unprintable, ...giant, ...texts("region")],
  code: [...notText, ...unprintable, ...giant, ...texts("code")],
  service: [...notText, ...unprintable, ...giant, ...texts("service")],
  unit: [...notText, ...unprintable, ...giant, ...texts("unit")],
  method: [...notText, ...unprintable, ...giant, ...texts("method")],
  bucket: [...notText, ...unprintable, ...giant, ...texts("bucket")],
  amount: [...notText, ...unprintable, ...giant, ...texts("amount")],
  positive: [...notText, ...unprintable, ...giant, ...texts("amount", "positive")],
  opening: [...notText, ...unprintable, ...giant, ...texts("amount"), "4000000000.000000001", "9223372036.854775807"],
  time: [...notText, ...unprintable, ...giant, ...texts("time")],
  past: [...notText, ...unprintable, ...giant, ...texts("time", "ahead")],
  flag: [...not(true, false), ...unprintable, ...texts("flag")],
  object: [...notText.filter((each) => !isPlainObject(each)), "", "{}", "text"],
  quantity: [...not(0, 1, 1.5), raw("1.0001"), raw("1e-7"), ...unprintable, ...giant, ...texts("quantity")].filter(
    (each) => !(each instanceof RawJson && Number(each.text) === 0),
  ),
  duration: [...not(0, 1, 1.5), ...unprintable, ...giant, ...texts("duration")].filter(
    (each) => !(each instanceof RawJson && Number(each.text) === 0),
  ),
} as const satisfies Record<string, readonly unknown[]>;
export type Kind = keyof typeof badValues;

function isPlainObject(value: unknown): boolean {
  return (typeof value === "object" && !Array.isArray(value)) || value instanceof RawJson;
}

export const badValue = (kind: Kind): fc.Arbitrary<unknown> => fc.constantFrom<unknown>(...badValues[kind]);
