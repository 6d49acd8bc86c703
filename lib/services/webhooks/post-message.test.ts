import { afterEach, beforeEach, expect, test } from "vitest";
import { ANSWER_MAX, isTaken, postMessage } from "./post-message";
import { answering, openReceiver, type Receiver } from "./testing/receiver";

let receiver: Receiver;

beforeEach(async () => {
  receiver = await openReceiver();
});
afterEach(() => receiver.close());

const rules = { allowLoopback: true };
const post = (url = receiver.url, more = {}) =>
  postMessage({ url: new URL(url), headers: { "webhook-id": "msg_1" }, body: "{}", rules, ...more });

test("a redirect is an answer like any other that is not 2xx: it is not followed", async () => {
  const elsewhere = await openReceiver();
  for (const status of [301, 302, 303, 307, 308]) {
    receiver.behaviour.answer = (response) => response.writeHead(status, { location: elsewhere.url }).end();
    const sent = await post();
    expect(sent).toMatchObject({ status });
    expect(isTaken(sent)).toBe(false);
  }
  expect(receiver.received).toHaveLength(5);
  expect(elsewhere.received).toEqual([]);
  await elsewhere.close();
});

test("it connects to the address that was checked, whatever the name would lead to by then, and says the name", async () => {
  const checked = { ...rules, resolve: async () => ["127.0.0.1"] };
  expect(await post(`http://hooks.invalid:${receiver.port}/a?b=c`, { rules: checked })).toMatchObject({ status: 200 });
  expect(receiver.received).toMatchObject([
    { path: "/a?b=c", headers: { host: `hooks.invalid:${receiver.port}`, "webhook-id": "msg_1" }, body: "{}" },
  ]);
});

test("a name with a private address among its addresses is sent nothing", async () => {
  const mixed = { ...rules, resolve: async () => ["127.0.0.1", "10.0.0.1"] };
  expect(await post(`http://hooks.invalid:${receiver.port}/`, { rules: mixed })).toEqual({
    failure: "hooks.invalid leads to 10.0.0.1, which is not on the public network.",
  });
  expect(receiver.received).toEqual([]);
});

test("who does not answer in time has failed, and so has a name that does not resolve in time", async () => {
  receiver.behaviour.answer = () => {};
  expect(await post(receiver.url, { withinMs: 100 })).toEqual({ failure: "It did not answer in time." });
  const slow = { ...rules, resolve: () => new Promise<never>(() => {}) };
  expect(await post(receiver.url.replace("127.0.0.1", "hooks.invalid"), { rules: slow, withinMs: 100 })).toEqual({
    failure: "It did not answer in time.",
  });
});

test("an answer without an end is read as far as its bound, and counts by its status", async () => {
  receiver.behaviour.answer = (response) => {
    const more = () => {
      while (!response.destroyed && response.write("x".repeat(65_536)));
    };
    response.on("drain", more);
    more();
  };
  const sent = await post();
  expect(sent).toEqual({ status: 200, answer: "x".repeat(ANSWER_MAX) });
  receiver.behaviour.answer = (response) => response.write("slowly");
  expect(await post(receiver.url, { withinMs: 200 })).toEqual({ status: 200, answer: "slowly" });
});

test("what the database cannot hold is left out of an answer", async () => {
  receiver.behaviour.answer = answering(400, "a\u0000b\u001bc\nd");
  expect(await post()).toEqual({ status: 400, answer: "abc\nd" });
});

test("a connection that is refused is told in words", async () => {
  const { url, close } = await openReceiver();
  await close();
  expect(await post(url)).toEqual({ failure: "It refused the connection." });
});
