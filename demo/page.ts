import { html } from "hono/html";

type Markup = ReturnType<typeof html>;

/** The plain frame of the demo's own pages: dark and light by the system's choice, no script. */
export function page(title: string, content: Markup): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Tenspot demo</title>
<style>
:root { color-scheme: light dark; --line: light-dark(#ccc9bf, #45443f); --soft: light-dark(#5c594f, #aaa79c); --note: light-dark(#fff3d1, #3a3016); }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; padding: 2rem 1rem; max-width: 34rem; background: light-dark(#fbfaf6, #191917); color: light-dark(#1c1b18, #efede6); }
h1 { font-size: 1.5rem; margin: 0 0 1rem; } h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
.stand-in { background: var(--note); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem; }
ul { list-style: none; margin: 0; padding: 0; } .choices { display: grid; gap: .5rem; }
button, input { font: inherit; color: inherit; border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .75rem; background: transparent; }
button { cursor: pointer; } button:hover { border-color: currentColor; }
.choices button { width: 100%; text-align: left; } .choices span, small, .soft { color: var(--soft); } small { display: block; }
label { display: block; margin: .5rem 0; } label input:not([type=checkbox]) { display: block; width: 100%; box-sizing: border-box; }
.main { background: light-dark(#1c1b18, #efede6); color: light-dark(#fff, #191917); } .quiet { border-color: transparent; padding-left: 0; text-decoration: underline; margin-top: 1rem; }
[role=alert] { color: light-dark(#a11a1a, #ff9b90); } a { color: inherit; }
.mail { border-top: 1px solid var(--line); padding: .75rem 0; } pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
iframe { width: 100%; height: 28rem; border: 1px solid var(--line); border-radius: .5rem; background: #fff; }
</style>
</head>
<body><main><h1>${title}</h1>${content}</main></body>
</html>`;
}
