import { expect, test } from "vitest";
import { newSecret, signedHeaders } from "./signature";

/** The example that the libraries of the specification are tested by: github.com/standard-webhooks/standard-webhooks. */
const published = {
  secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  message: { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", seconds: 1_614_265_330, body: '{"test": 2432232314}' },
  signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
};

test("a message is signed as the published example of Standard Webhooks is", () => {
  expect(signedHeaders(published.message, [published.secret])).toEqual({
    "webhook-id": published.message.id,
    "webhook-timestamp": "1614265330",
    "webhook-signature": published.signature,
  });
});

test("two live secrets sign side by side, separated by a space", () => {
  const headers = signedHeaders(published.message, [newSecret(), published.secret]);
  const [newest, older, ...rest] = String(headers["webhook-signature"]).split(" ");
  expect(newest).toMatch(/^v1,[A-Za-z0-9+/]{43}=$/);
  expect(older).toBe(published.signature);
  expect(rest).toEqual([]);
});

test("a new secret is 32 bytes of chance behind its prefix", () => {
  const secrets = Array.from({ length: 100 }, newSecret);
  expect(new Set(secrets).size).toBe(100);
  for (const secret of secrets) {
    expect(secret).toMatch(/^whsec_/);
    expect(Buffer.from(secret.slice(6), "base64")).toHaveLength(32);
  }
});
