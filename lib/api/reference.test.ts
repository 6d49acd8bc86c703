import { expect, test } from "vitest";
import type { Db } from "@/db/client";
import { createApi } from "./app";
import { operations } from "./operations";
import { type ReferenceCall, readReference } from "./reference";

const app = createApi({ ctx: { db: {} as Db, clock: () => new Date(0) }, beaconSecret: new Uint8Array(32) });
const json: unknown = await (await app.request("/api/v1/openapi.json")).json();
const { intro, groups } = readReference(json, "https://tenspot.example");
const calls = groups.flatMap((group) => group.calls);

function callOf(summary: string): ReferenceCall {
  const found = calls.find((call) => call.summary === summary);
  if (!found) throw new Error(`${summary} is not in the reference`);
  return found;
}

test("every call is in the reference once, under a name of its own", () => {
  expect(calls.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(Object.keys(operations).sort());
  expect(new Set(calls.map(({ anchor }) => anchor)).size).toBe(calls.length);
  expect(groups.every((group) => group.calls.length > 0 && group.description !== "")).toBe(true);
  expect(intro.length).toBeGreaterThan(1);
});

test("a field says its type, its bounds and whether it must be sent, inside objects too", () => {
  const { body } = callOf("Make an account");
  const field = (name: string) => body.find((each) => each.name === name);
  expect(field("externalId")).toMatchObject({ required: true, bounds: ["1 to 128 of A–Z a–z 0–9 . _ : @ ~ -"] });
  expect(field("opening.paid")).toMatchObject({ type: "string", bounds: ["dollars"], required: false });
  const [, event] = callOf("Send usage").body;
  expect(event).toMatchObject({ name: "type", bounds: ["always usage"] });
  const limit = callOf("List accounts").parameters.find(({ name }) => name === "limit");
  expect(limit).toMatchObject({ bounds: ["1 to 1000", "100 when absent"] });
});

test("an answer names every member, of what is in a list too, and every status its meaning", () => {
  const { answer, statuses } = callOf("List ledger entries");
  expect(answer.map(({ name }) => name)).toEqual(expect.arrayContaining(["data", "data[].balanceAfter", "next"]));
  expect(statuses.every(({ description }) => description !== "")).toBe(true);
});

test("an example is a command that names the call whole", () => {
  expect(callOf("Close an authorization").example).toBe(
    'curl -X DELETE https://tenspot.example/api/v1/authorizations/pod_abc \\\n  -H "Authorization: Bearer $TENSPOT_KEY"',
  );
  for (const { example } of calls) expect(example).not.toMatch(/[{]\w+[}]/);
});
