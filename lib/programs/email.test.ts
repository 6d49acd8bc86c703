import fc from "fast-check";
import { expect, test } from "vitest";
import { normaliseEmail } from "./email";

test.each([
  ["Ada@Example.COM", "ada@example.com"],
  [" ada@example.com ", "ada@example.com"],
  ["ada+gpu@example.com", "ada@example.com"],
  ["ada+a+b@example.com", "ada@example.com"],
  ["a.d.a@example.com", "a.d.a@example.com"],
  ["A.D.A+x@gmail.com", "ada@gmail.com"],
  ["a.da@GoogleMail.com", "ada@gmail.com"],
  ["a.da@notgmail.com", "a.da@notgmail.com"],
  ["a.da@gmail.com.example.org", "a.da@gmail.com.example.org"],
  ["+tag@example.com", "+tag@example.com"],
  ["...@gmail.com", "...@gmail.com"],
  ['"a@b"@example.com', '"a@b"@example.com'],
  ["not an address", "not an address"],
  ["@example.com", "@example.com"],
  ["", ""],
])("%j is the mailbox %j", (email, normal) => {
  expect(normaliseEmail(email)).toBe(normal);
});

test("every tag, case and Gmail dot of one mailbox gives one form, and normalising twice changes nothing", () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[a-z][a-z0-9]{1,12}$/),
      fc.stringMatching(/^[a-z0-9+.]{0,8}$/),
      fc.constantFrom("gmail.com", "googlemail.com", "GMAIL.com"),
      (local, tag, domain) => {
        const dotted = [...local].join(".");
        const normal = normaliseEmail(`${dotted.toUpperCase()}+${tag}@${domain}`);
        expect(normal).toBe(`${local}@gmail.com`);
        expect(normaliseEmail(normal)).toBe(normal);
      },
    ),
  );
});
