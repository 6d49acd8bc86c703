import { webHashing } from "@/components/fairness/web-hashing";
import { type CheckedStep, checkDraw } from "@/lib/programs/check-draw";
import { readPublishedDraw } from "@/lib/programs/published-draw";

const result = part("result", HTMLElement);
const progress = part("progress", HTMLElement);
const json = part("json", HTMLTextAreaElement);
const file = part("file", HTMLInputElement);
const form = part("form", HTMLFormElement);

file.addEventListener("change", async () => {
  const [chosen] = file.files ?? [];
  if (!chosen) return;
  json.value = await chosen.text();
  await check();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  void check();
});
part("stopped", HTMLElement).hidden = true;
form.hidden = false;

let checks = 0;

/** Reads what was given and shows the verdict, then every step; a later check takes the place of one that still runs. */
async function check(): Promise<void> {
  checks += 1;
  const mine = checks;
  result.replaceChildren();
  const hashing = webHashing();
  if (!hashing)
    return refuse("This browser offers no WebCrypto to a page opened in this way. Open the file in another.");
  const read = readPublishedDraw(parsed(json.value));
  if (!read.ok) return refuse(read.message);
  const steps: CheckedStep[] = [];
  const tell = (done: number, of: number) => {
    progress.textContent = `${done.toLocaleString("en-US")} of ${of.toLocaleString("en-US")} links hashed`;
  };
  for await (const step of checkDraw(read.draw, hashing, tell)) {
    if (mine !== checks) return;
    steps.push(step);
  }
  progress.textContent = "";
  const failed = steps.filter(({ holds }) => holds === false).length;
  result.append(
    failed === 0
      ? element("h2", "Match: the draw is what its data give", "good")
      : element("h2", `Mismatch: ${failed} of ${steps.length} steps ${failed === 1 ? "does" : "do"} not hold`, "bad"),
    element("p", `Draw ${read.draw.drawId}`),
    ...steps.flatMap(shown),
    element("p", afterwards(read.draw.link)),
  );
  result.focus();
}

/** What a file without network cannot see for itself. */
const afterwards = (link: object | null): string =>
  link
    ? "What is left to compare by eye: the hash of the odds and the anchor with those published on /fairness before the draw. A chain of the operator's own shows that results follow what was published; its owner could foresee them."
    : "What is left to compare by eye: the hash of the odds with the one published on /fairness before the draw.";

function shown({ title, text, values, holds }: CheckedStep, index: number): HTMLElement[] {
  const heading = element("h3", `${index + 1}. ${title}`);
  if (holds !== null) heading.append(": ", element("span", holds ? "match" : "MISMATCH", holds ? "good" : "bad"));
  const list = element("dl", "");
  for (const { name, value } of values) list.append(element("dt", name), element("dd", value));
  return [heading, element("p", text), list];
}

function refuse(why: string): void {
  result.append(element("h2", "Not checked", "bad"), element("p", why));
  result.focus();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function element(name: string, text: string, className = ""): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

/** @throws Error when the page lacks it: then page and script are not of one build. */
function part<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no ${id}`);
  return found;
}
