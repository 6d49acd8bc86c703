import { parseArgs } from "node:util";
import type { Context } from "@/lib/services/context";
import { addOperator } from "./add-operator";
import { type ListedOperator, listOperators } from "./list-operators";
import { removeOperator } from "./remove-operator";

const usage = [
  "Usage: npm run operator -- EMAIL            makes the person with this e-mail an operator",
  "       npm run operator -- --remove EMAIL   ends it",
  "       npm run operator -- --list           shows who is one",
  "A reason for the audit log may be given with --reason TEXT.",
].join("\n");

const DEFAULT_REASON = "by npm run operator on the server";

interface Wanted {
  email: string | undefined;
  remove: boolean;
  list: boolean;
  reason: string;
}

/** @throws Error with the usage where the words make no command. */
export function readWords(words: readonly string[]): Wanted {
  const { values, positionals } = parse(words);
  const [email, ...more] = positionals;
  const { remove, list, reason } = values;
  const isOne = list ? email === undefined && !remove : email !== undefined;
  if (!isOne || more.length > 0 || reason?.trim() === "") throw new Error(usage);
  return { email, remove, list, reason: reason ?? DEFAULT_REASON };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        remove: { type: "boolean", default: false },
        list: { type: "boolean", default: false },
        reason: { type: "string" },
      },
    });
  } catch (cause) {
    throw new Error(usage, { cause });
  }
}

/**
 * Does what the words say.
 * @param url of the product, where somebody signs in; undefined where this process does not know it.
 * @returns the lines to print.
 * @throws Error with what is wrong.
 */
export async function operatorCommand(
  ctx: Context,
  words: readonly string[],
  url: string | undefined,
): Promise<string[]> {
  const { email, remove, list, reason } = readWords(words);
  if (list || email === undefined) return listed(await listOperators(ctx.db));
  const change = remove ? removeOperator : addOperator;
  const result = await change(ctx, { email, actor: "command", reason });
  if (!result.ok) throw new Error(`${result.problem.detail}.`);
  const operator = (await listOperators(ctx.db)).find((one) => one.email === result.value.email);
  if (!operator) return [`${result.value.email} is no operator any more.`];
  const page = url === undefined ? "the product's sign-in page, then /operator" : signInPage(url);
  return [
    result.created
      ? `${operator.email} is an operator now.`
      : `${operator.email} is an operator already, since ${operator.addedAt.toISOString()} (${operator.addedBy}).`,
    `Sign in ${wayOf(operator)} at ${page}`,
  ];
}

function listed(operators: readonly ListedOperator[]): string[] {
  if (operators.length === 0) return ["There is no operator yet: npm run operator -- EMAIL makes one."];
  return operators.map(({ email, addedAt, addedBy, signsInWith }) => {
    const since = `since ${addedAt.toISOString()}, added by ${addedBy}`;
    return `${email}  ${since}, ${signsInWith === null ? "has not signed in yet" : `signs in with ${signsInWith}`}`;
  });
}

const wayOf = ({ email, signsInWith }: ListedOperator): string =>
  signsInWith === null ? `as ${email}` : `as ${email} (${signsInWith}, as before)`;

function signInPage(url: string): string {
  const page = new URL("/sign-in", url);
  page.searchParams.set("next", "/operator");
  return page.href;
}
