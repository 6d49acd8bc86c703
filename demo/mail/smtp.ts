import { SMTPServer } from "smtp-server";
import type { Mailbox } from "./mailbox";

const messageBytesMax = 1_000_000;

/** An SMTP server that takes every message and sends none on. */
export function smtpServer(mailbox: Mailbox): SMTPServer {
  return new SMTPServer({
    banner: "Tenspot demo mail catcher",
    // On loopback there is nothing to encrypt, and nobody to keep out.
    disabledCommands: ["STARTTLS", "AUTH"],
    size: messageBytesMax,
    disableReverseLookup: true,
    logger: false,
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.once("end", () => {
        if (stream.sizeExceeded) return done(new Error(`Messages end at ${messageBytesMax} bytes.`));
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        mailbox.add(Buffer.concat(parts), recipients, new Date()).then(
          () => done(),
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        );
      });
    },
  });
}
