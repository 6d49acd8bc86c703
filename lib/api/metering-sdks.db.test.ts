import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "@/demo/processes/ports";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { createApi } from "./app";

// What the SDK of OpenMeter (1.0.0-beta.232) sends for `events.ingest`, as it was recorded from it: one event goes as a
// batch of one, ids and times are added where there are none, and the version comes last.

let api: ApiHarness;
let server: Server;
let url: string;

beforeAll(async () => {
  api = await apiHarness();
  const { fetch } = createApi({ ctx: { db: api.db, clock: () => api.clock.now }, beaconSecret: new Uint8Array(32) });
  server = createServer(getRequestListener((request) => fetch(request)));
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${port}/api/v1/events`;
  await api.make("/api/v1/accounts", { externalId: "cust_42", opening: { paid: "10" } });
  await api.make("/api/v1/prices/rtx4090", {
    service: "pod",
    unit: "hour",
    amount: "0.6",
    effectiveFrom: "2026-11-01T00:00:00Z",
  });
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await api.close();
});

const asSent = (body: string): RequestInit => ({
  method: "POST",
  body,
  headers: {
    "content-type": "application/cloudevents-batch+json",
    authorization: `Bearer ${api.keys.ingest}`,
    accept: "*/*",
    "accept-language": "*",
    "sec-fetch-mode": "cors",
    "user-agent": "node",
    "accept-encoding": "gzip, deflate",
  },
});

const charged = async () => (await api.account("cust_42")).lifetime.charged;

test("what a metering service's SDK sends is charged, once however often it is sent again", async () => {
  const one = `[{"type":"usage","subject":"cust_42","source":"gpu-fleet","data":{"sku":"rtx4090","durationMs":60000},"id":"31103b9b-cf0a-4d42-bec0-829ffd3bf51c","specversion":"1.0","time":"2026-11-21T11:58:00.732Z"}]`;
  const two = `[{"type":"usage","subject":"cust_42","source":"gpu-fleet","data":{"sku":"rtx4090","durationMs":60000},"id":"a","time":"2026-11-21T11:58:01.971Z","specversion":"1.0"},{"type":"usage","subject":"cust_42","source":"gpu-fleet","data":{"sku":"rtx4090","durationMs":60000},"id":"b","time":"2026-11-21T11:58:01.971Z","specversion":"1.0"}]`;
  for (const body of [one, two, two, one]) {
    const answer = await fetch(url, asSent(body));
    expect(answer.ok).toBe(true);
    expect(await answer.json()).toMatchObject({ rejected: [] });
  }
  expect(await charged()).toBe("0.03");
});

test("attributes of CloudEvents that it does not use are no fault", async () => {
  const event = `{"type":"usage","subject":"cust_42","source":"gpu-fleet","data":{"sku":"rtx4090","durationMs":60000},"id":"c","time":"2026-11-21T11:58:02.000Z","specversion":"1.0","datacontenttype":"application/json","dataschema":"https://example.com/usage.json","traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}`;
  const single = { ...asSent(event).headers, "content-type": "application/cloudevents+json; charset=UTF-8" };
  expect((await fetch(url, { ...asSent(event), headers: single })).status).toBe(200);
  expect(await charged()).toBe("0.04");
});
