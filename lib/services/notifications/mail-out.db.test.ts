import type { SMTPServer } from "smtp-server";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { Mailbox, type Message } from "@/demo/mail/mailbox";
import { smtpServer } from "@/demo/mail/smtp";
import { freePort } from "@/demo/processes/ports";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { choose, unsubscribe } from "./choices";
import { lookAhead } from "./look-ahead";
import { mailOut } from "./mail-out";
import { notify } from "./notify";
import { readUnsubscribeQuery } from "./unsubscribe-link";

const setting = { origin: "https://tenspot.example", secret: "a secret of at least 32 characters." };

let api: ApiHarness;
let port: number;
let server: SMTPServer | null = null;
const mailbox = new Mailbox();

beforeAll(async () => {
  api = await apiHarness();
  port = await freePort();
  process.env.SMTP_URL = `smtp://127.0.0.1:${port}`;
  await open();
});
afterAll(async () => {
  await close();
  await api.close();
});
afterEach(() => (server ? undefined : open()));

async function open(): Promise<void> {
  const opening = smtpServer(mailbox);
  await new Promise<void>((resolve) => opening.listen(port, "127.0.0.1", resolve));
  server = opening;
}

async function close(): Promise<void> {
  const closing = server;
  server = null;
  if (closing) await new Promise<void>((resolve) => closing.close(() => resolve()));
}

const ctx = () => ({ db: api.another("worker").db, clock: () => api.clock.now });

async function customer(name: string) {
  await api.make("/api/v1/accounts", { externalId: name, email: `${name}@example.com` });
  await api.owner`update accounts set email_verified = true where external_id = ${name}`;
  const [row] = await api.owner<{ lane: number; id: string }[]>`
    select lane, id from accounts where external_id = ${name}`;
  if (!row) throw new Error(`no account ${name}`);
  return row;
}

const depleted = (account: { lane: number; id: string }, cause: string) =>
  api.db.transaction((tx) => notify(tx, { account, kind: "wallet.depleted", cause, at: api.clock.now, facts: {} }));

const mailTo = (name: string): Message[] => mailbox.list(`${name}@example.com`);

const stateOf = async (cause: string) => {
  const [row] = await api.owner<{ mail: string; tries: number }[]>`
    select mail, mail_tries as tries from notifications where cause = ${cause}`;
  return row;
};

test("what an account is told is mailed once, however many workers run, with one click to end the like of it", async () => {
  const account = await customer("mailed");
  await depleted(account, "mailed:1");
  await Promise.all(Array.from({ length: 4 }, () => mailOut(ctx(), setting)));
  const [mail, ...more] = mailTo("mailed");
  expect(more).toEqual([]);
  expect(mail?.subject).toBe("Your balance is used up");
  expect(mail?.text).toContain("https://tenspot.example/funds");
  expect(mail?.headers["list-unsubscribe-post"]).toBe("List-Unsubscribe=One-Click");
  const link = /^<(https:\/\/tenspot\.example\/api\/unsubscribe\?[^>]+)>$/.exec(
    mail?.headers["list-unsubscribe"] ?? "",
  );
  const query = Object.fromEntries(new URL(link?.[1] ?? "").searchParams);
  expect(readUnsubscribeQuery(query, setting.secret)).toEqual({ account, topic: "wallet" });
  expect(mail?.text).toContain(`https://tenspot.example/unsubscribe?${new URLSearchParams(query)}`);
  expect(await stateOf("mailed:1")).toEqual({ mail: "sent", tries: 1 });
});

test("what the mail server does not take waits, and is sent under the same id when it does", async () => {
  const account = await customer("patient");
  await depleted(account, "patient:1");
  await close();
  expect(await mailOut(ctx(), setting)).toBe(0);
  expect(await stateOf("patient:1")).toEqual({ mail: "waiting", tries: 1 });
  await open();
  expect(await mailOut(ctx(), setting)).toBe(0);
  api.clock.now = new Date(api.clock.now.getTime() + 6_000);
  expect(await mailOut(ctx(), setting)).toBe(1);
  const [row] = await api.owner<{ id: string }[]>`select id from notifications where cause = 'patient:1'`;
  expect(mailTo("patient").map(({ headers }) => headers["message-id"])).toEqual([`<${row?.id}@tenspot.example>`]);
});

test("who unsubscribed of a topic is sent what waits of others alone, and what was told stays in the list", async () => {
  const account = await customer("tired");
  await depleted(account, "tired:1");
  const other = { account, kind: "gate.accepted", cause: "tired:2", at: api.clock.now, facts: {} } as const;
  await api.db.transaction((tx) => notify(tx, other));
  await unsubscribe(ctx(), { account, topic: "wallet" });
  await unsubscribe(ctx(), { account, topic: "wallet" });
  await mailOut(ctx(), setting);
  expect(mailTo("tired").map(({ subject }) => subject)).toEqual(["Your application is accepted"]);
  expect(await stateOf("tired:1")).toMatchObject({ mail: "none" });
  await depleted(account, "tired:3");
  const listed = await api.owner<{ listed: boolean; mail: string }[]>`
    select listed, mail from notifications where cause = 'tired:3'`;
  expect(listed).toMatchObject([{ listed: true, mail: "none" }]);
  await choose(ctx(), { account, choices: [{ topic: "wallet", listed: false, mailed: true }] });
  await depleted(account, "tired:4");
  await mailOut(ctx(), setting);
  expect(mailTo("tired")).toHaveLength(2);
});

test("a link that was changed in any part unsubscribes nobody", async () => {
  const account = await customer("sealed");
  await depleted(account, "sealed:1");
  await mailOut(ctx(), setting);
  const url = new URL((mailTo("sealed")[0]?.headers["list-unsubscribe"] ?? "").slice(1, -1));
  const query = Object.fromEntries(url.searchParams);
  expect(readUnsubscribeQuery(query, setting.secret)).not.toBeNull();
  expect(readUnsubscribeQuery(query, `${setting.secret}!`)).toBeNull();
  for (const changed of [
    { lane: "63" },
    { account: crypto.randomUUID() },
    { topic: "bonus" },
    { topic: "everything" },
    { seal: "x".repeat(43) },
    { seal: "é".repeat(43) },
  ]) {
    expect(readUnsubscribeQuery({ ...query, ...changed }, setting.secret)).toBeNull();
  }
});

test("a window and credit that end within seven days are told once, ahead, and neither before", async () => {
  const DAY_MS = 86_400_000;
  const start = api.clock.now;
  await customer("referrer");
  const { referralCode } = await api.account("referrer");
  await api.make("/api/v1/accounts", { externalId: "sent.1", referralCode, signedUpAt: start.toISOString() });
  await api.make("/api/v1/accounts", { externalId: "sent.2", referralCode, signedUpAt: start.toISOString() });
  const expiresAt = new Date(start.getTime() + 10 * DAY_MS).toISOString();
  const grant = { reference: "g.1", bucket: "promo", amount: "12.345", reason: "a test", expiresAt };
  await api.make("/api/v1/accounts/sent.1/grants", grant);
  const titles = async (name: string) => {
    const { id } = (await api.owner`select id from accounts where external_id = ${name}`)[0] ?? {};
    return (await api.owner`select kind, facts from notifications where account_id = ${id}`).map(({ kind, facts }) => [
      kind,
      facts,
    ]);
  };
  await lookAhead(ctx());
  expect(await titles("sent.1")).toEqual([]);
  api.clock.now = new Date(start.getTime() + 3 * DAY_MS + 1);
  await Promise.all([lookAhead(ctx()), lookAhead(ctx())]);
  await lookAhead(ctx());
  expect(await titles("sent.1")).toEqual([["credit.expiring", { bucket: "promo", amount: "12.345", expiresAt }]]);
  expect(await titles("referrer")).toEqual([]);
  api.clock.now = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 6, start.getUTCDate() - 6, 12));
  await api.sweep();
  await lookAhead(ctx());
  await lookAhead(ctx());
  expect(await titles("referrer")).toMatchObject([["window.ending", { count: 2 }]]);
});
