import { webcrypto } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { deliverTo } from "./deliver";
import { pauseEndpoint } from "./pause-endpoint";
import { removeEndpoint } from "./remove-endpoint";
import { replayMessage } from "./replay-message";
import { BOTH_LIVE_MS, rotateSecret } from "./rotate-secret";
import { retryWaitsMs } from "./schedule";
import { act, openPostRoom, type PostRoom, settled } from "./testing/post-room";
import { answering, type Received } from "./testing/receiver";

let room: PostRoom;

beforeEach(async () => {
  room = await openPostRoom();
});
afterEach(() => room.close());

const DAY_MS = 86_400_000;

/** Checks a message as a receiver would, by another implementation of the arithmetic than the sender's. */
async function verifies({ headers, body }: Received, secret: string): Promise<boolean> {
  const bytes = Buffer.from(secret.replace("whsec_", ""), "base64");
  const key = await webcrypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
  const content = new TextEncoder().encode(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`);
  for (const signature of String(headers["webhook-signature"]).split(" ")) {
    const [version, digest = ""] = signature.split(",");
    if (version === "v1" && (await webcrypto.subtle.verify("HMAC", key, Buffer.from(digest, "base64"), content)))
      return true;
  }
  return false;
}

test("a message carries what happened, an id, the time it is sent, and a signature that its secret alone verifies", async () => {
  const endpoint = await room.add();
  const other = await room.add(`${room.receiver.url}/other`, ["deposit.settled"]);
  const account = await room.happen();
  room.later(1_500);
  expect(await room.deliver()).toBe(1);
  const [message] = room.receiver.received;
  if (!message) throw new Error("Nothing was received");
  expect(message.headers["webhook-id"]).toMatch(/^msg_[0-9a-f]{32}$/);
  expect(message.headers["webhook-timestamp"]).toBe(String(Date.parse("2026-11-21T12:00:01Z") / 1_000));
  expect(message.headers["content-type"]).toBe("application/json");
  expect(JSON.parse(message.body)).toMatchObject({
    type: "account.created",
    timestamp: "2026-11-21T12:00:00.000Z",
    data: { externalId: account.externalId, referredBy: null },
  });
  expect(await verifies(message, endpoint.secret)).toBe(true);
  expect(await verifies(message, other.secret)).toBe(false);
  expect(await verifies({ ...message, body: message.body.replace("account-1", "account-2") }, endpoint.secret)).toBe(
    false,
  );
});

test("an endpoint that fails and recovers gets the message once more, and the log tells both", async () => {
  const { id } = await room.add();
  await room.happen();
  room.receiver.behaviour.answer = answering(503, "try later");
  expect(await room.deliver()).toBe(1);
  room.receiver.behaviour.answer = answering(204);
  expect(await room.deliver()).toBe(0);
  room.later(retryWaitsMs[0] ?? 0);
  expect(await room.deliver()).toBe(1);
  room.later(DAY_MS);
  expect(await room.deliver()).toBe(0);
  const [first, second, ...more] = room.receiver.received;
  expect(more).toEqual([]);
  expect(second?.body).toBe(first?.body);
  expect(second?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
  expect(await room.attempts(id)).toEqual([
    { number: 1, status: 503, failure: null, answer: "try later" },
    { number: 2, status: 204, failure: null, answer: "" },
  ]);
  expect(await room.deliveries(id)).toMatchObject([{ state: "delivered", attempts: 2 }]);
});

test("retries come after each wait and not before, for three days, and then it has failed", async () => {
  const { id } = await room.add();
  await room.happen();
  room.receiver.behaviour.answer = answering(500);
  expect(await room.deliver()).toBe(1);
  for (const wait of retryWaitsMs) {
    room.later(wait - 1);
    expect(await room.deliver(), `before ${wait}`).toBe(0);
    room.later(1);
    expect(await room.deliver(), `after ${wait}`).toBe(1);
  }
  expect(retryWaitsMs.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(3 * DAY_MS);
  room.later(30 * DAY_MS);
  expect(await room.deliver()).toBe(0);
  expect(await room.deliveries(id)).toMatchObject([{ state: "failed", attempts: 1 + retryWaitsMs.length }]);
});

test("a replay sends the same message once more, whether it was taken or had failed, and begins its retries anew", async () => {
  const { id } = await room.add();
  await room.happen();
  await room.deliver();
  const [{ lane, event_id: eventId } = { lane: -1, event_id: "" }] = await room.deliveries(id);
  const replay = () => settled(replayMessage(room.web, { lane, eventId, endpointId: id, ...act }));
  await replay();
  room.receiver.behaviour.answer = answering(500);
  expect(await room.deliver()).toBe(1);
  room.later(retryWaitsMs[0] ?? 0);
  expect(await room.deliver()).toBe(1);
  await replay();
  room.receiver.behaviour.answer = answering(200);
  expect(await room.deliver()).toBe(1);
  expect(new Set(room.receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  expect((await room.attempts(id)).map(({ number, status }) => [number, status])).toEqual([
    [1, 200],
    [2, 500],
    [3, 500],
    [4, 200],
  ]);
  expect(await room.deliveries(id)).toMatchObject([{ state: "delivered" }]);
  const unknown = { lane, eventId: id, endpointId: id, ...act };
  expect(await replayMessage(room.web, unknown)).toMatchObject({ ok: false, problem: { code: "not_found" } });
});

test("outside the demo nothing is sent to this machine, and the log says why", async () => {
  const { id } = await room.add();
  await room.happen();
  expect(await room.deliver({ allowLoopback: false })).toBe(1);
  expect(room.receiver.received).toEqual([]);
  const [attempt] = await room.attempts(id);
  expect(attempt).toMatchObject({ status: null, failure: expect.stringContaining("not on the public network") });
  expect(await room.deliveries(id)).toMatchObject([{ state: "waiting" }]);
});

test("each message is sent once however many workers send at once", async () => {
  const { id } = await room.add();
  for (let count = 0; count < 40; count += 1) await room.happen();
  const workers = Array.from({ length: 4 }, () => deliverTo(room.worker, id, { allowLoopback: true }));
  expect((await Promise.all(workers)).reduce((sum, each) => sum + each, 0)).toBe(40);
  expect(new Set(room.receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(40);
  expect(room.receiver.received).toHaveLength(40);
});

test("while an attempt is under way nobody begins another, asked for or not", async () => {
  const { id } = await room.add();
  await room.happen();
  let release = () => {};
  const arrived = new Promise<void>((here) => {
    room.receiver.behaviour.answer = (response) => {
      release = () => response.end();
      here();
    };
  });
  const first = room.deliver();
  await arrived;
  const [{ lane, event_id: eventId } = { lane: -1, event_id: "" }] = await room.deliveries(id);
  await settled(replayMessage(room.web, { lane, eventId, endpointId: id, ...act }));
  expect(await room.deliver()).toBe(0);
  release();
  expect(await first).toBe(1);
  expect(await room.deliver()).toBe(0);
  expect(room.receiver.received).toHaveLength(1);
});

test("what a worker was sending when it died is sent by another a minute later", async () => {
  const { id } = await room.add();
  await room.happen();
  await room.owner`
    update webhook_deliveries set attempts = 1, tries = 1,
           claimed_until = ${new Date(room.worker.clock().getTime() + 60_000).toISOString()}`;
  room.later(59_999);
  expect(await room.deliver()).toBe(0);
  room.later(1);
  expect(await room.deliver()).toBe(1);
  expect(await room.attempts(id)).toMatchObject([{ number: 2, status: 200 }]);
});

test("for a day after a rotation both secrets verify; then the new one alone, and a third ends the first at once", async () => {
  const { id, secret } = await room.add();
  const second = (await settled(rotateSecret(room.web, { id, ...act }))).secret;
  const received = async () => {
    await room.happen();
    await room.deliver();
    const message = room.receiver.received.at(-1);
    if (!message) throw new Error("Nothing was received");
    return message;
  };
  room.later(BOTH_LIVE_MS - 1);
  const within = await received();
  expect([await verifies(within, secret), await verifies(within, second)]).toEqual([true, true]);
  room.later(1);
  const after = await received();
  expect([await verifies(after, secret), await verifies(after, second)]).toEqual([false, true]);
  const third = (await settled(rotateSecret(room.web, { id, ...act }))).secret;
  const fourth = (await settled(rotateSecret(room.web, { id, ...act }))).secret;
  const last = await received();
  expect([await verifies(last, second), await verifies(last, third), await verifies(last, fourth)]).toEqual([
    false,
    true,
    true,
  ]);
});

test("while an endpoint is paused what happens waits for it; once it goes on it is sent, in order", async () => {
  const { id } = await room.add();
  await settled(pauseEndpoint(room.web, { id, paused: true, ...act }));
  const accounts = [await room.happen(), await room.happen()];
  expect(await room.deliver()).toBe(0);
  await settled(pauseEndpoint(room.web, { id, paused: false, ...act }));
  expect(await room.deliver()).toBe(2);
  const names = room.receiver.received.map(({ body }) => JSON.parse(body).data.externalId).sort();
  expect(names).toEqual(accounts.map(({ externalId }) => externalId));
});

test("what was removed is sent nothing more, what waited included, is gone with its secrets, and stays removed", async () => {
  const { id } = await room.add();
  await room.happen();
  await settled(removeEndpoint(room.web, { id, ...act }));
  await room.happen();
  expect(await room.deliver()).toBe(0);
  expect(await room.deliveries(id)).toHaveLength(1);
  expect(await room.owner`select * from webhook_secrets where endpoint_id = ${id}`).toHaveLength(0);
  const notFound = { ok: false, problem: { code: "not_found" } };
  expect(await pauseEndpoint(room.web, { id, paused: false, ...act })).toMatchObject(notFound);
  expect(await rotateSecret(room.web, { id, ...act })).toMatchObject(notFound);
  expect(await removeEndpoint(room.web, { id, ...act })).toMatchObject(notFound);
  await expect(room.owner`update webhook_endpoints set state = 'active'`).rejects.toThrow(/add a new one/);
});
