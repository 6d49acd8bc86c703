import { describe, expect, it } from "vitest";
import { signInMail } from "./sign-in-mail";

const link = new URL("https://tenspot.example/sign-in/confirm?token=abc&email=a%27b%40example.com");

describe("the message with a sign-in link", () => {
  it("carries the same link as text and as HTML", () => {
    const mail = signInMail({ to: "a'b@example.com", link, minutes: 60 });
    expect(mail.text).toContain(`\n${link}\n`);
    expect(mail.html).toContain(
      'href="https://tenspot.example/sign-in/confirm?token=abc&amp;email=a%27b%40example.com"',
    );
    expect(mail.text).toContain("within 60 minutes");
  });
});
