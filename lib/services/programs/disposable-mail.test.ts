import { expect, test } from "vitest";
import { isDisposableMail } from "./disposable-mail";

test.each(["a@mailinator.com", "a@MAILINATOR.com", "a@eu.mailinator.com", "a@mailinator.com."])(
  "%s is a throw-away address",
  (email) => expect(isDisposableMail(email)).toBe(true),
);

test.each(["a@example.com", "a@gmail.com", "a@mailinator.com.example.com", "mailinator.com@example.com", "a"])(
  "%s is not a throw-away address",
  (email) => expect(isDisposableMail(email)).toBe(false),
);
