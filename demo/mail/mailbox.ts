import PostalMime from "postal-mime";

/** A message as it was caught. */
export interface Message {
  id: number;
  receivedAt: string;
  from: string;
  /** Everyone it was delivered to, in lower case. */
  to: string[];
  subject: string;
  /** By their names in lower case, as they were sent; of a name sent twice the last. */
  headers: Record<string, string>;
  text: string;
  html: string | undefined;
  /** Every http address in it, once each, in order. */
  links: string[];
}

const keptMax = 500;

/** The messages caught since the start, newest first; the oldest are forgotten beyond 500. */
export class Mailbox {
  private messages: Message[] = [];
  private count = 0;

  /** @param recipients whom the envelope named, whatever the headers say. */
  async add(raw: Buffer, recipients: readonly string[], receivedAt: Date): Promise<Message> {
    const mail = await PostalMime.parse(raw);
    this.count += 1;
    const message: Message = {
      id: this.count,
      receivedAt: receivedAt.toISOString(),
      from: mail.from?.address ?? "",
      to: recipients.map((address) => address.toLowerCase()),
      subject: mail.subject ?? "",
      headers: Object.fromEntries(mail.headers.map(({ key, value }) => [key, value])),
      text: mail.text ?? "",
      html: mail.html,
      links: linksIn(mail.text, mail.html),
    };
    this.messages = [message, ...this.messages].slice(0, keptMax);
    return message;
  }

  list(to?: string): Message[] {
    return this.messages.filter((message) => to === undefined || message.to.includes(to.toLowerCase()));
  }

  get(id: number): Message | undefined {
    return this.messages.find((message) => message.id === id);
  }
}

/** Every http address in a message's text and in the links of its markup. */
export function linksIn(text = "", markup = ""): string[] {
  const inText = text.match(/https?:\/\/[^\s<>"')\]]+/g) ?? [];
  const inMarkup = [...markup.matchAll(/href="(https?:[^"]+)"/g)].map(([, link = ""]) =>
    link.replaceAll("&amp;", "&").replaceAll("&#x3D;", "="),
  );
  return [...new Set([...inText.map((link) => link.replace(/[.,;:]+$/, "")), ...inMarkup])];
}
