import { expect, test } from "vitest";
import { pendingWords, postingTitle } from "./posting-text";

const pod = { service: "pod", sku: "rtx4090", quantityMilli: "1000", durationMs: "3600000" };

test.each([
  ["usage", { ...pod, resource: "pod_abc" }, "Usage: rtx4090, 1 h on pod pod_abc"],
  ["usage", { ...pod, quantityMilli: "2000", template: "sdxl" }, "Usage: 2 × rtx4090, 1 h, template sdxl"],
  ["usage", { ...pod, quantityMilli: "1250", durationMs: "1" }, "Usage: 1.25 × rtx4090, 0.001 s"],
  ["usage", { ...pod, quantityMilli: "5", durationMs: "0" }, "Usage: 0.005 × rtx4090"],
  ["usage", { service: "serverless", quantityMilli: "1000", durationMs: "0" }, "Usage: serverless"],
  ["usage", { ...pod, service: "storage", sku: "volume", resource: "vol_1" }, "Usage: volume, 1 h on volume vol_1"],
  ["void", pod, "Usage taken back: rtx4090, 1 h"],
  ["deposit", { reference: "r", method: "card" }, "Deposit by card"],
  ["deposit", { reference: "r", method: "crypto" }, "Deposit in stablecoin"],
  ["opening", {}, "Credit carried over"],
  ["grant", { reference: "g", reason: "An outage" }, "Credit granted: An outage"],
  ["refund", { deposit: "r" }, "Deposit refunded"],
  ["refund", { deposit: "r", note: "Paid twice" }, "Deposit refunded: Paid twice"],
  ["refund_failed", { deposit: "r" }, "Refund failed, deposit returned"],
  ["chargeback", { deposit: "r" }, "Deposit charged back"],
  ["bonus-back", { draw: "d" }, "Bonus taken back"],
  ["milestone", { milestone: "m" }, "Milestone reached"],
  ["release", { draw: "d" }, "Held bonus released"],
  ["release", { milestone: "m" }, "Held milestone released"],
  ["expiry", { lot: "3", reason: "not spent by 2026-12-01, when it expired" }, "Credit expired, not spent in time"],
  ["commission", { program: "referral" }, "Commission"],
  ["royalty", { program: "template-beta", template: "sdxl" }, "Royalty of template sdxl"],
  ["something_new-here", {}, "Something new here"],
])("a posting of kind %s from %j is called %j", (kind, explains, title) => {
  expect(postingTitle({ kind, explains, cause: "a cause" })).toBe(title);
});

test.each([
  ["1", "Bonus drawn"],
  ["3", "Bonus returned"],
  ["11", "Bonus returned"],
])("a bonus posted as number %s is called %j", (number, title) => {
  const cause = `reward:01a20149-0ab8-7474-aa6f-3a0b38015d77:${number}`;
  expect(postingTitle({ kind: "bonus", cause, explains: { draw: "d" } })).toBe(title);
});

test.each([
  ["0.3", { program: "referral", referral: "r" }, "pending while its referral is in review"],
  ["0.3", { program: "referral-beta", referral: "r" }, "pending while its referral is in review"],
  ["0.3", { program: "referral-beta" }, "pending until the gate of the beta terms is open"],
  ["0.3", { program: "referral-beta", part: "version:7" }, "pending until the gate of the beta terms is open"],
  ["0.3", { program: "template-beta", template: "sdxl" }, "pending until its gate is met"],
  ["-0.3", { program: "referral-beta", released: "0.3" }, "released from pending"],
  ["-0.3", { program: "referral" }, "released from pending"],
  ["-0.3", { program: "referral", referral: "r", released: "0" }, "no longer pending"],
  ["-0.3", { program: "referral-beta", released: "0.1" }, "no longer pending"],
])("pending credit that changes by %s in a posting of %j is told as %j", (change, explains, words) => {
  expect(pendingWords(explains, change)).toBe(words);
});
