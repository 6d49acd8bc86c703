import { html } from "hono/html";
import { page } from "@/demo/page";
import type { Persona } from "@/demo/personas/people";

const names = { google: "Google", github: "GitHub" } as const;

/** Where one says who one is. */
export function chooserPage({
  provider,
  people,
  fault,
}: {
  provider: keyof typeof names;
  people: readonly Persona[];
  fault?: string;
}) {
  const name = names[provider];
  return page(
    `Sign in with ${name}`,
    html`
      <p class="stand-in">Demo stand-in for ${name}, on this machine only. Whoever you choose or type is let in; no
        password is asked and nothing leaves this machine.</p>
      <form method="post">
        <h2>Continue as</h2>
        <ul class="choices">
          ${people.map(
            (one) => html`<li><button name="choice" value="${one.key}">
              <strong>${one.name}</strong> <span>${one.email}</span><small>${one.about}</small>
            </button></li>`,
          )}
        </ul>
      </form>
      <form method="post">
        <h2>Or as anyone</h2>
        ${fault ? html`<p role="alert">${fault}</p>` : ""}
        <label>Name <input name="name" autocomplete="off" required maxlength="100"></label>
        <label>E-mail <input name="email" type="email" autocomplete="off" required maxlength="254"></label>
        <label class="tick"><input name="verified" type="checkbox" checked> ${name} has verified this e-mail</label>
        <button class="main" name="choice" value="typed">Continue</button>
      </form>
      <form method="post"><button class="quiet" name="choice" value="cancel">Cancel</button></form>
    `,
  );
}

/** What a person sees when the application asked wrongly: nobody is sent anywhere. */
export function refusedPage(reason: string) {
  return page("This sign-in request is not valid", html`<p role="alert">${reason}</p>`);
}
