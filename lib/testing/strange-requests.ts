import fc from "fast-check";

/** Bodies that are no JSON object at all: not JSON, cut short, or of another type. */
export const badBody: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom("", " ", "null", "true", "0", "-1", '"text"', "NaN", "undefined", "{", "}", "[", '{"a":}', "{'a':1}"),
  fc.constantFrom(
    '{"a":1,}',
    '{"a":1}{"b":2}',
    "\ufeff{}",
    "\u0000",
    '"\\ud800"',
    "1e309",
    '{"a":"\\x"}',
    "<xml/>",
    "a=1&b=2",
  ),
  fc.constantFrom("[".repeat(100_000), '{"a":'.repeat(50_000), `${"[".repeat(5_000)}${"]".repeat(5_000)}`),
  fc.string({ unit: "binary", maxLength: 200 }).filter((text) => !/^\s*[[{]/.test(text)),
);

/** Parts of a path that name nothing. */
export const strangeId: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    "%00",
    "a%00b",
    "%",
    "%zz",
    "%2",
    "%ED%A0%80",
    "%C0%80",
    "%FF%FE",
    "%u0000",
    "%0A",
    "%20",
    "%2e%2e",
    "..%2f..%2fetc",
  ),
  fc.constantFrom(
    "__proto__",
    "constructor",
    "toString",
    "null",
    "undefined",
    "NaN",
    "-1",
    "0",
    "{}",
    "%7B%7D",
    "%7Ba,b%7D",
  ),
  fc.constantFrom(
    "%22",
    "%5C",
    "%27%20or%201=1--",
    "%3Cscript%3E",
    "%F0%9F%99%82",
    "acc_",
    "NULL",
    "*",
    "%25",
    "a,b",
    "%E2%80%AE",
  ),
  fc.constantFrom(
    "x".repeat(129),
    "x".repeat(257),
    "x".repeat(8_000),
    "00000000-0000-0000-0000-000000000000",
    "%0d%0aX: 1",
  ),
  fc.string({ unit: "binary", minLength: 1, maxLength: 20 }).map(escaped),
);

const cursorOf = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const place = (seq: string, no: unknown = 0, balances: unknown = []) => cursorOf({ seq, no, balances });

/** Query strings with values nobody means. */
export const strangeQuery: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "limit=0",
        "limit=-1",
        "limit=1001",
        "limit=abc",
        "limit=1e9",
        "limit=NaN",
        "limit=Infinity",
        "limit=",
      ),
      fc.constantFrom(
        "limit=1&limit=2",
        "limit[]=1",
        "limit=%00",
        "limit=0x10",
        "limit=1.5",
        "limit=9999999999999999999999",
      ),
      fc.constantFrom(
        "email=",
        "email=x",
        "email=%00@b.c",
        "email=a@b.c&email=d@e.f",
        "updatedSince=",
        "updatedSince=now",
      ),
      fc.constantFrom(
        "updatedSince=0000-01-01T00:00:00Z",
        "updatedSince=9999-12-31T23:59:59-23:59",
        "updatedSince=2026-11-21T10:00:00%2B00:00",
      ),
      fc.constantFrom(
        "atomic=maybe",
        "atomic=",
        "atomic=TRUE",
        "%00=1",
        "__proto__=1",
        "constructor[prototype]=1",
        "&&&",
        "=",
        "%ZZ",
      ),
      fc
        .constantFrom(
          "",
          "x",
          "%00",
          "e30",
          "bnVsbA",
          "x".repeat(5_000),
          cursorOf({ after: "x" }),
          cursorOf({ after: 1 }),
        )
        .map((cursor) => `cursor=${cursor}`),
      fc
        .constantFrom(
          place("99999999999999999999"),
          place("9999999999999999999"),
          place("9223372036854775808"),
          place("-5"),
        )
        .map((cursor) => `cursor=${cursor}`),
      fc
        .constantFrom(
          place("9000000000000000000"),
          place("1", -1),
          place("1", 1e300),
          place("1", 0, [["__proto__", "1"]]),
        )
        .map((cursor) => `cursor=${cursor}`),
      fc
        .constantFrom(
          place("1", 0, [["paid", "9999999999999999999"]]),
          place("1", 0, "x"),
          cursorOf({ after: "9".repeat(18) }),
        )
        .map((cursor) => `cursor=${cursor}`),
      fc.string({ unit: "binary", maxLength: 20 }).map(escaped),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((parts) => `?${parts.join("&")}`);

/** Percent-encodes each byte, halves of surrogate pairs too. */
function escaped(text: string): string {
  return [...Buffer.from(text, "utf8")].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
}
