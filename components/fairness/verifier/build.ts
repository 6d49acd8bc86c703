import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { page } from "./page";

const FOLDER = "components/fairness/verifier";

/** Where the verifier is published; generated, and committed so that anyone may compare it with its sources. */
export const VERIFIER = "public/verify-draw.html";

/** In the check, checking signatures is the other script's. */
const signaturesElsewhere: Plugin = {
  name: "signatures elsewhere",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/drand$/ }, () => ({ path: "drand", namespace: "elsewhere" }));
    onLoad({ filter: /.*/, namespace: "elsewhere" }, () => ({
      contents: "export const { verifyDrandRound } = globalThis.drandSignatures;",
    }));
  },
};

/** The verifier as one page without network: the same sources that the product checks draws by. */
export async function buildVerifier(): Promise<string> {
  const parts = {
    style: `\n${readFileSync(join(FOLDER, "page.css"), "utf8").trim()}\n`,
    signatures: await script("signatures.ts", { minify: true, plugins: [] }),
    check: await script("main.ts", { minify: false, plugins: [signaturesElsewhere] }),
  };
  const allowed = (content: string) => `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
  const policy = [
    "default-src 'none'",
    `script-src ${allowed(parts.signatures)} ${allowed(parts.check)}`,
    `style-src ${allowed(parts.style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return page({ policy, ...parts });
}

async function script(name: string, { minify, plugins }: { minify: boolean; plugins: Plugin[] }): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(FOLDER, name)],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    legalComments: "inline",
    tsconfig: "tsconfig.json",
    minify,
    plugins,
  });
  const code = outputFiles[0]?.text ?? "";
  // The end of a script element would end it here too.
  return `\n// biome-ignore-all lint: generated\n${code.replaceAll("</script", "<\\/script").trim()}\n`;
}

if (process.argv[1]?.endsWith(join("verifier", "build.ts"))) {
  void buildVerifier().then((text) => writeFileSync(VERIFIER, text));
}
