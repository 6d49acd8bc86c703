import { people } from "@/demo/personas/people";

/** One line for a person. */
export function say(line = ""): void {
  console.log(line);
}

/** Does one step and says how long it took; what `work` gives back as text is said too. */
export async function step<T>(
  name: string,
  work: () => Promise<T>,
  about: (result: T) => string = () => "",
): Promise<T> {
  const began = performance.now();
  const result = await work();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  say(`  ${name.padEnd(10)} ${about(result).padEnd(48)} ${seconds.padStart(6)} s`);
  return result;
}

/** The last lines of a start: where it is, who can sign in. */
export function welcome({ url, payments, inbox }: { url: string; payments: string; inbox: string }): void {
  say();
  say(`Tenspot is at ${url}`);
  say();
  say("Sign in with Google or GitHub (stand-ins on this machine, no password) as");
  const width = (texts: string[]) => Math.max(...texts.map((text) => text.length));
  const nameWidth = width(people.map(({ name }) => name));
  const emailWidth = width(people.map(({ email }) => email));
  for (const { name, email, about } of people) {
    say(`  ${name.padEnd(nameWidth)}  ${email.padEnd(emailWidth)}  ${about}`);
  }
  say("or as anyone you like to type. Sign-in links by mail work too.");
  say();
  say(`Mail is caught at ${inbox} · payments are tried at ${payments}`);
  say("Ctrl-C stops everything; the data stays.");
}
