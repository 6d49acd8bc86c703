import { z } from "zod";
import { serveOnLoopback, tellParent } from "@/demo/processes/serve";
import { inboxApp } from "./inbox";
import { Mailbox } from "./mailbox";
import { smtpServer } from "./smtp";

const { SMTP_PORT, INBOX_PORT } = z
  .object({ SMTP_PORT: z.coerce.number().int(), INBOX_PORT: z.coerce.number().int() })
  .parse(process.env);

const mailbox = new Mailbox();
smtpServer(mailbox).listen(SMTP_PORT, "127.0.0.1", () => {
  serveOnLoopback(inboxApp(mailbox, `http://127.0.0.1:${INBOX_PORT}`), INBOX_PORT, tellParent);
});
