import { Hono } from "hono";
import { html } from "hono/html";
import { secureHeaders } from "hono/secure-headers";
import { page } from "@/demo/page";
import type { Mailbox, Message } from "./mailbox";

/** The pages and the JSON of the mailbox, at `origin`. */
export function inboxApp(mailbox: Mailbox, origin: string): Hono {
  const app = new Hono();
  const own = new URL(origin).host;
  app.use(secureHeaders({ referrerPolicy: "no-referrer", strictTransportSecurity: false }));
  app.use(async (context, next) => {
    if (context.req.header("host") !== own) return context.text("This server answers on this machine only.", 421);
    return next();
  });

  app.get("/", (context) => context.html(listPage(mailbox.list())));
  app.get("/health", (context) => context.json({ ok: true }));
  app.get("/messages", (context) => context.json(mailbox.list(context.req.query("to"))));
  app.get("/messages/:id{[0-9]+}", (context) => {
    const message = mailbox.get(Number(context.req.param("id")));
    return message ? context.html(messagePage(message)) : context.html(missingPage(), 404);
  });
  return app;
}

function listPage(messages: readonly Message[]) {
  return page(
    "Inbox",
    html`
      <p class="stand-in">Every mail the demo sends ends here; none leaves this machine.</p>
      ${messages.length === 0 ? html`<p>No mail yet. Ask for a sign-in link, then <a href="/">look again</a>.</p>` : ""}
      ${messages.map(
        (message) => html`<article class="mail">
          <a href="/messages/${message.id}">${message.subject || "(no subject)"}</a>
          <small>to ${message.to.join(", ")} · <time datetime="${message.receivedAt}">${message.receivedAt}</time></small>
        </article>`,
      )}
    `,
  );
}

function messagePage(message: Message) {
  return page(
    message.subject || "(no subject)",
    html`
      <p class="soft">from ${message.from} to ${message.to.join(", ")}</p>
      <h2>Links</h2>
      <ul>${message.links.map((link) => html`<li><a href="${link}">${link}</a></li>`)}</ul>
      <h2>Text</h2>
      <pre>${message.text}</pre>
      ${
        message.html === undefined
          ? ""
          : html`<h2>As designed</h2>
            <iframe title="The message as designed" sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="<base target=_blank>${message.html}"></iframe>`
      }
      <p><a href="/">All mail</a></p>
    `,
  );
}

function missingPage() {
  return page("No such mail", html`<p>It is no longer kept. <a href="/">All mail</a></p>`);
}
