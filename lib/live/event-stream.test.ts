import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { HEARTBEAT_MS, liveEvents, STREAM_MS_MAX } from "./event-stream";
import type { Watch } from "./listener";

const start = Date.parse("2026-11-21T10:00:00.000Z");

beforeEach(() => void vi.useFakeTimers({ now: start }));
afterEach(() => void vi.useRealTimers());

/** A listener whose news the test tells itself. */
function newsroom() {
  const watches = new Set<Watch>();
  return {
    watches,
    tell: () => watches.forEach((watch) => void watch.tell()),
    watch: (watch: Watch) => {
      watches.add(watch);
      return () => watches.delete(watch);
    },
  };
}

function opened(since: number | null = start, stands: () => Promise<boolean> = async () => true) {
  const listener = newsroom();
  const leaving = new AbortController();
  const stream = liveEvents(listener, { accountId: "a", since, signal: leaving.signal, stands });
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  const read = async () => {
    const { value, done } = await reader.read();
    return done ? null : decoder.decode(value);
  };
  return { listener, leaving, reader, read };
}

test("a stream says how to resume and that it is alive, with the server's clock as id", async () => {
  const { read } = opened();
  expect(await read()).toBe("retry: 2000\n\n");
  expect(await read()).toBe(`id: ${start}\nevent: alive\ndata: alive\n\n`);
  vi.advanceTimersByTime(HEARTBEAT_MS);
  expect(await read()).toBe(`id: ${start + HEARTBEAT_MS}\nevent: alive\ndata: alive\n\n`);
});

test("a change is told at once, and many within half a second are told once more", async () => {
  const { listener, read } = opened();
  await read();
  await read();
  listener.tell();
  expect(await read()).toBe(`id: ${start}\nevent: changed\ndata: changed\n\n`);
  for (let i = 0; i < 10; i += 1) listener.tell();
  vi.advanceTimersByTime(HEARTBEAT_MS);
  expect(await read()).toBe(`id: ${start + 500}\nevent: changed\ndata: changed\n\n`);
  expect(await read()).toContain("event: alive");
});

test("a screen asks from the moment it knew, and one that does not say from ever", () => {
  const back = opened(start - 5);
  const fresh = opened(null);
  expect([...back.listener.watches].map(({ since }) => since)).toEqual([start - 5]);
  expect([...fresh.listener.watches].map(({ since }) => since)).toEqual([0]);
});

test("nothing is left behind when the browser leaves", async () => {
  const left = opened();
  left.leaving.abort();
  expect(left.listener.watches.size).toBe(0);
  const cancelled = opened();
  await cancelled.reader.cancel();
  expect(cancelled.listener.watches.size).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});

test("a stream ends by itself, so that the session is looked at anew", async () => {
  const { listener, read } = opened();
  vi.advanceTimersByTime(STREAM_MS_MAX);
  let last: string | null = "";
  for (let text: string | null = ""; text !== null; text = await read()) last = text;
  expect(last).toContain("event: alive");
  expect(listener.watches.size).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});

test("a stream ends with its session, and goes on while nobody can say whether it stands", async () => {
  const answers = [async () => true, () => Promise.reject(new Error("no database")), async () => false];
  const { listener, read } = opened(start, () => (answers.shift() ?? (async () => true))());
  await read();
  await read();
  for (const heard of [expect.stringContaining("alive"), expect.stringContaining("alive"), null]) {
    vi.advanceTimersByTime(HEARTBEAT_MS);
    expect(await read()).toEqual(heard);
  }
  expect(listener.watches.size).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});

test("a screen that does not read is let go, with little kept for it, and comes back with the last it heard", async () => {
  const { listener, read } = opened();
  for (let i = 0; i < 1_000; i += 1) {
    listener.tell();
    vi.advanceTimersByTime(1_000);
  }
  expect(listener.watches.size).toBe(0);
  const heard: string[] = [];
  for (let message = await read(); message !== null; message = await read()) heard.push(message);
  expect(heard.length).toBeLessThan(100);
  const lastId = Number(/^id: (\d+)/.exec(heard.at(-1) ?? "")?.[1]);
  expect(lastId).toBeGreaterThan(start);
  expect(lastId).toBeLessThan(start + 100_000);
});
