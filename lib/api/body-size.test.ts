import { Hono } from "hono";
import { expect, test } from "vitest";
import { bodySize } from "./body-size";

const app = new Hono();
app.use(bodySize({ max: 4, onError: (c) => c.text("too large", 413) }));
app.all("/", async (c) => c.text(await c.req.text()));

const send = async (body: string, headers: Record<string, string> = {}) => {
  const answer = await app.request("/", { method: "POST", body, headers });
  return `${answer.status} ${await answer.text()}`;
};

test("a body is refused by the length it tells, and by what is read of it where it tells none", async () => {
  expect(await send("four", { "content-length": "4" })).toBe("200 four");
  expect(await send("fives", { "content-length": "5" })).toBe("413 too large");
  expect(await send("four")).toBe("200 four");
  expect(await send("fives")).toBe("413 too large");
});

test("a length beside a transfer encoding, or one that is no number, lets nothing more through", async () => {
  expect(await send("fives", { "content-length": "1", "transfer-encoding": "chunked" })).toBe("413 too large");
  expect(await send("fives", { "content-length": "many" })).toBe("413 too large");
});

test("what has no body is not asked for one", async () => {
  expect((await app.request("/")).status).toBe(200);
});
