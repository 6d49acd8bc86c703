import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Books, openBooks, settled } from "@/lib/queries/testing/books";
import { addEndpoint } from "@/lib/services/webhooks/add-endpoint";
import { deliverTo } from "@/lib/services/webhooks/deliver";
import { rotateSecret } from "@/lib/services/webhooks/rotate-secret";
import { openReceiver, type Receiver } from "@/lib/services/webhooks/testing/receiver";
import { MESSAGES_PAGE_SIZE, type MessageView, messageLog, webhookEndpoints } from "./webhooks";

vi.mock("server-only", () => ({}));
vi.mock("next/server", () => ({ connection: async () => {} }));

let books: Books;
let receiver: Receiver;

beforeAll(async () => {
  [books, receiver] = await Promise.all([openBooks(), openReceiver()]);
});
afterAll(() => Promise.all([books.close(), receiver.close()]));

const act = { actor: "olga@example.com", reason: "for the test" };
const rules = { allowLoopback: true };

test("endpoints and the log are told whole, page by page, each message once, and no secret is among it", async () => {
  const input = { url: receiver.url, types: ["account.created"], ...act };
  const { endpoint, secret } = await settled(addEndpoint(books.ctx, input, rules));
  const rotated = await settled(rotateSecret(books.ctx, { id: endpoint.id, ...act }));
  const count = MESSAGES_PAGE_SIZE + 3;
  for (let index = 0; index < count; index += 1) await books.account({ externalId: `told-${index}` });
  const shown = await webhookEndpoints();
  expect(shown).toMatchObject([{ id: endpoint.id, state: "active", types: ["account.created"], waiting: count }]);
  expect(shown[0]?.secrets.map(({ endsAt }) => endsAt === null)).toEqual([true, false]);

  expect(await deliverTo(books.ctx, endpoint.id, rules)).toBe(count);
  const messages: MessageView[] = [];
  let before: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof messageLog>> = await messageLog({ state: "delivered", before });
    messages.push(...page.messages);
    before = page.next;
  } while (before !== null);
  expect(new Set(messages.map(({ messageId }) => messageId)).size).toBe(count);
  expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"]))).toEqual(
    new Set(messages.map(({ messageId }) => messageId)),
  );
  expect(messages[0]).toMatchObject({
    type: "account.created",
    url: receiver.url,
    canReplay: true,
    attempts: [{ number: 1, status: 200, failure: null }],
  });
  expect((await messageLog({ state: "waiting", before: null })).messages).toEqual([]);
  const all = JSON.stringify([shown, messages]);
  for (const each of [secret, rotated.secret]) expect(all).not.toContain(each);
});
