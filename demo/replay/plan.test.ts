import { expect, test } from "vitest";
import { nanos } from "@/lib/money/nanos";
import { planOf, suffixFor } from "./plan";
import { readTrace, type Trace } from "./trace";

const requests = `gmt_create,predict_type,predict_status,exec_time_seconds,groupId,checkpoint_model_version_id
2024-11-15 16:57:50,TXT_2_IMG,SUCCEED,32.5,G7,M0
2024-11-15 18:00:00,TXT_2_IMG,PENDING,10.0,G9,M0
2024-11-15 18:16:14,TXT_2_IMG,FAILED,43.0,G3,M1
2024-11-15 18:20:00,TXT_2_IMG,SUCCEED,,G3,M1
2024-11-15 18:30:00,TXT_2_IMG,SUCCEED,1.0,G7,M0
`;
const pods = `name,cpu_milli,memory_mib,num_gpu,gpu_milli,qos,deletion_time,scheduled_time
pod-1,6000,12288,1,460,LS,3600,0
pod-2,6000,12288,0,0,LS,3600,0
pod-3,6000,12288,2,1000,BE,7200,
pod-4,12000,16384,8,1000,BE,7200,3600
pod-5,12000,16384,1,1000,BE,100,100
`;

const plain = { priceFactor: 1n, suffix: "" };

test("of the requests, those that ended and took time are billed, numbered by their lines", () => {
  const { events } = planOf(readTrace(requests), plain);
  expect(events.map(({ id, subject, time, data }) => [id, subject, time, data.durationMs])).toEqual([
    ["2", "G7", "2024-11-15T16:58:22.500Z", 32_500],
    ["4", "G3", "2024-11-15T18:16:57.000Z", 43_000],
    ["6", "G7", "2024-11-15T18:30:01.000Z", 1_000],
  ]);
});

test("of the pods, those with GPUs that ran are billed, shared GPUs by the thousandth", () => {
  const { events } = planOf(readTrace(pods), plain);
  expect(events.map(({ id, subject, time, data }) => [id, subject, time, data.quantity])).toEqual([
    ["pod-1", "pods-6000-12288", "2024-01-01T01:00:00.000Z", "0.460"],
    ["pod-4", "pods-12000-16384", "2024-01-01T02:00:00.000Z", "8"],
  ]);
});

test("customers sign up an hour before their first event, and every second one is referred by the one before", () => {
  const { customers } = planOf(readTrace(requests), plain);
  expect(customers.map(({ account, referrer }) => [account, referrer])).toEqual([
    [{ externalId: "G7", signedUpAt: "2024-11-15T15:57:50.000Z" }, null],
    [{ externalId: "G3", signedUpAt: "2024-11-15T17:16:14.000Z" }, 0],
  ]);
});

test("a deposit is the customer's own total, rounded up to the next $10", () => {
  const trace = (durationMs: number): Trace => ({
    name: "genai-requests",
    price: { sku: "s", service: "serverless", unit: "second", amount: nanos(1_000_000_000n) },
    usage: [{ id: "1", customer: "c", startedAtMs: 0, durationMs }],
  });
  const deposited = (ms: number) => planOf(trace(ms), plain).customers[0]?.deposit?.amount;
  expect([deposited(1), deposited(10_000), deposited(10_001), deposited(0)]).toEqual(["10", "10", "20", undefined]);
});

test("templates that earn are published by an account of their own; a label is not a template", () => {
  expect(planOf(readTrace(requests), plain).publishing).toBeNull();
  const { publishing } = planOf(readTrace(pods), plain);
  expect(publishing?.creator.externalId).toBe("pods-templates");
  expect(publishing?.templates.map(({ externalId }) => externalId)).toEqual(["LS", "BE"]);
});

test("a run at another price than the rate card's has names of its own, the same each time", () => {
  const trace = readTrace(requests);
  const version = {
    sku: "h100.flex",
    service: "serverless",
    unit: "second",
    effectiveFrom: "2024-01-01T00:00:00.000Z",
  };
  expect(suffixFor(trace, 20n, [])).toBe("");
  expect(suffixFor(trace, 1n, [{ ...version, amount: "0.00116" }])).toBe("");
  expect(suffixFor(trace, 20n, [{ ...version, amount: "0.0232" }])).toBe("");
  expect(suffixFor(trace, 20n, [{ ...version, amount: "0.00116" }])).toBe("-x20");
  const { price, events } = planOf(trace, { priceFactor: 20n, suffix: "-x20" });
  expect(price).toMatchObject({ sku: "h100.flex-x20", amount: "0.0232" });
  expect(events[0]).toMatchObject({ source: "replay/genai-requests-x20", subject: "G7-x20" });
});

test("a file that is no known trace is refused", () => {
  expect(() => readTrace("a,b\n1,2\n")).toThrow("none of the traces known");
  expect(() => readTrace(requests.replace("32.5", "32.5678"))).toThrow("Line 2: exec_time_seconds");
});
