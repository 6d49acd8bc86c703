import { expect, test } from "vitest";
import { postingTitle } from "./posting-text";

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
  ["bonus", { draw: "d", program: "signup-bonus" }, "Bonus drawn"],
  ["bonus", { draw: "d", program: "referral" }, "Referral bonus drawn"],
  ["commission", { program: "referral" }, "Commission"],
  ["royalty", { program: "template-beta", template: "sdxl" }, "Royalty of template sdxl"],
  ["take_back", {}, "Take back"],
])("a posting of kind %s from %j is called %j", (kind, explains, title) => {
  expect(postingTitle({ kind, explains })).toBe(title);
});
