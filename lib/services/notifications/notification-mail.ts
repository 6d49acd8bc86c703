import { letter } from "@/lib/services/mail/letter";
import type { Mail } from "@/lib/services/mail/send-mail";
import { type Told, topicOf } from "./kinds";
import { UNSUBSCRIBE_PAGE, UNSUBSCRIBE_POST, type Unsubscription, unsubscribeQuery } from "./unsubscribe-link";
import { topicWords, wordsOf } from "./words";

interface NotificationMail {
  id: string;
  to: string;
  account: Unsubscription["account"];
  told: Told;
  /** Scheme, host and port under which people reach the product. */
  origin: string;
  secret: string;
}

/** What somebody is told, as a message that one click ends the like of (RFC 8058). */
export function notificationMail({ id, to, account, told, origin, secret }: NotificationMail): Mail {
  const { title, text, path } = wordsOf(told);
  const site = new URL(origin);
  const topic = topicOf(told.kind);
  const base = {
    to,
    subject: title,
    says: [title, text],
    link: { href: new URL(path, site), label: "Open in Tenspot" },
  };
  const messageId = `<${id}@${site.hostname}>`;
  if (topic === null) return { ...letter({ ...base, foot: `You asked for this at ${site.host}.` }), messageId };
  const query = unsubscribeQuery({ account, topic }, secret);
  const mail = letter({
    ...base,
    foot: `You get this because your account at ${site.host} sends mail about: ${topicWords[topic].label.toLowerCase()}.`,
    footLink: { href: new URL(`${UNSUBSCRIBE_PAGE}?${query}`, site), label: "Stop these mails" },
  });
  return {
    ...mail,
    messageId,
    headers: {
      "List-Unsubscribe": `<${new URL(`${UNSUBSCRIBE_POST}?${query}`, site)}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    },
  };
}
