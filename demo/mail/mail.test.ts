import nodemailer from "nodemailer";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "@/demo/processes/ports";
import { inboxApp } from "./inbox";
import { linksIn, Mailbox } from "./mailbox";
import { smtpServer } from "./smtp";

const origin = "http://127.0.0.1:1";
const mailbox = new Mailbox();
const smtp = smtpServer(mailbox);
const inbox = inboxApp(mailbox, origin);
let port = 0;

beforeAll(async () => {
  port = await freePort();
  await new Promise<void>((resolve) => smtp.listen(port, "127.0.0.1", resolve));
});
afterAll(() => new Promise<void>((resolve) => smtp.close(resolve)));

async function read(path: string): Promise<string> {
  return (await inbox.request(`${origin}${path}`, { headers: { host: new URL(origin).host } })).text();
}

test("a mail sent over SMTP is found by its recipient, with its links", async () => {
  await nodemailer.createTransport(`smtp://127.0.0.1:${port}`).sendMail({
    from: "Tenspot <no-reply@localhost>",
    to: "Ada@example.com",
    subject: "Sign in",
    text: "Follow http://localhost:3000/confirm?token=a&email=ada%40example.com.",
    html: '<p><a href="http://localhost:3000/confirm?token=a&amp;email=ada%40example.com">Sign in</a></p>',
  });
  expect(JSON.parse(await read("/messages?to=ada@EXAMPLE.com"))).toEqual([
    expect.objectContaining({
      subject: "Sign in",
      to: ["ada@example.com"],
      links: ["http://localhost:3000/confirm?token=a&email=ada%40example.com"],
    }),
  ]);
  expect(JSON.parse(await read("/messages?to=someone@example.com"))).toEqual([]);
});

test("a message's markup is shown only inside a frame that runs no script", async () => {
  const raw = "Subject: <b>x</b>\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script>";
  const { id } = await mailbox.add(Buffer.from(raw), ["a@example.com"], new Date(0));
  const text = await read(`/messages/${id}`);
  expect(text).not.toContain("<script>");
  expect(text).not.toContain("<b>x</b>");
  expect(text).toMatch(/<iframe[^>]* sandbox="(?![^"]*allow-scripts)/);
});

test("links lose the full stop that ends their sentence, and repeat once", () => {
  expect(linksIn("See https://a.example/x. And https://a.example/x, too.")).toEqual(["https://a.example/x"]);
});
