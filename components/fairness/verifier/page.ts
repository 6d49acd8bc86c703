interface Parts {
  /** What the page may do, by the hashes of its own parts. */
  policy: string;
  style: string;
  signatures: string;
  check: string;
}

/** The verifier's page around its parts. */
export const page = ({ policy, style, signatures, check }: Parts): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Check a Tenspot draw</title>
<style>${style}</style>
</head>
<body>
<!--
  Everything needed to check a draw, in one file. The policy above forbids it to load or send anything.
  The first script checks signatures of drand: the curve BLS12-381 of @noble/curves, made small.
  The second is the check itself, to be read: start at checkDraw.
-->
<main>
<h1>Check a draw</h1>
<p>Give this page the JSON of a draw, as <code>/api/v1/draws/…</code> answers it. It recomputes the amount from the odds, the
randomness and the draw's id, and checks where the randomness came from. Nothing leaves your computer.</p>
<p id="stopped" class="bad">The check has not started. Save this file to your computer and open it from there; scripts must be allowed.</p>
<form id="form" hidden>
<label for="json">The draw's JSON</label>
<textarea id="json" rows="10" spellcheck="false" autocomplete="off"></textarea>
<p><label for="file">or a file that holds it</label> <input id="file" type="file" accept=".json,application/json"></p>
<p><button type="submit">Check</button> <span id="progress" role="status"></span></p>
</form>
<section id="result" aria-live="polite" tabindex="-1"></section>
</main>
<script>${signatures}</script>
<script>${check}</script>
</body>
</html>
`;
