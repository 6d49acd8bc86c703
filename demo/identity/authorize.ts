import { createHash, timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import { z } from "zod";
import { people } from "@/demo/personas/people";
import type { Grants } from "./grants";
import { chooserPage, refusedPage } from "./pages";
import { Person } from "./person";

/** An application that may ask. */
export interface Client {
  id: string;
  secret: string;
  /** The one address answers are sent to. */
  redirectUri: string;
}

export interface Desk {
  provider: "google" | "github";
  client: Client;
  grants: Grants;
}

// Stricter than the real providers, which do without PKCE: the product never should.
const Question = z.object({
  client_id: z.string(),
  redirect_uri: z.string(),
  response_type: z.literal("code").default("code"),
  state: z.string().min(1),
  scope: z.string().default(""),
  nonce: z.string().min(1).optional(),
  code_challenge: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  code_challenge_method: z.literal("S256"),
});

/** `GET`: the page where one says who one is. */
export function ask(context: Context, desk: Desk): Response | Promise<Response> {
  const question = questionOf(context, desk);
  if ("refused" in question) return context.html(refusedPage(question.refused), 400);
  return context.html(chooserPage({ provider: desk.provider, people }));
}

/** `POST`: sends the person back to the application, with a code or with a refusal. */
export async function answer(context: Context, desk: Desk): Promise<Response> {
  const question = questionOf(context, desk);
  if ("refused" in question) return context.html(refusedPage(question.refused), 400);

  const back = new URL(question.redirect_uri);
  back.searchParams.set("state", question.state);
  const form = await context.req.parseBody();
  if (form.choice === "cancel") {
    back.searchParams.set("error", "access_denied");
    return context.redirect(back.href, 303);
  }
  const persona = people.find((one) => one.key === form.choice);
  const person = Person.safeParse(
    persona
      ? { ...persona, emailVerified: true }
      : { name: form.name, email: form.email, emailVerified: form.verified === "on" },
  );
  if (!person.success) {
    const fault = "Type a name and a whole e-mail address.";
    return context.html(chooserPage({ provider: desk.provider, people, fault }), 400);
  }
  const code = desk.grants.newCode({
    provider: desk.provider,
    person: person.data,
    redirectUri: question.redirect_uri,
    challenge: question.code_challenge,
    scope: question.scope,
    nonce: question.nonce,
  });
  back.searchParams.set("code", code);
  return context.redirect(back.href, 303);
}

function questionOf(context: Context, { client }: Desk): z.infer<typeof Question> | { refused: string } {
  const parsed = Question.safeParse(context.req.query());
  if (!parsed.success) {
    const names = parsed.error.issues.map((issue) => issue.path.join("."));
    return { refused: `The application's request lacks, or has wrong: ${names.join(", ")}.` };
  }
  if (!isSame(parsed.data.client_id, client.id)) return { refused: "No application has this client_id." };
  if (parsed.data.redirect_uri !== client.redirectUri) {
    return { refused: `The redirect_uri is not the registered one, ${client.redirectUri}.` };
  }
  return parsed.data;
}

const Exchange = z.object({
  code: z.string().min(1),
  redirect_uri: z.string(),
  code_verifier: z.string().min(43).max(128),
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
});

/** What came to a token endpoint: a grant, or what is wrong with the request. */
export async function exchange(
  context: Context,
  { provider, client, grants }: Desk,
): Promise<{ grant: ReturnType<Grants["exchange"]> & object } | { wrong: "client" | "grant" }> {
  const body = Exchange.safeParse(await context.req.parseBody());
  const basic = basicOf(context.req.header("authorization"));
  const id = basic?.id ?? body.data?.client_id ?? "";
  const secret = basic?.secret ?? body.data?.client_secret ?? "";
  if (!isSame(id, client.id) || !isSame(secret, client.secret)) return { wrong: "client" };
  if (!body.success) return { wrong: "grant" };
  const { code, redirect_uri: redirectUri, code_verifier: verifier } = body.data;
  const grant = grants.exchange(provider, { code, redirectUri, verifier });
  return grant ? { grant } : { wrong: "grant" };
}

function basicOf(header: string | undefined): { id: string; secret: string } | undefined {
  const packed = /^basic (\S+)$/i.exec(header ?? "")?.[1];
  if (packed === undefined) return undefined;
  const [id = "", secret = ""] = Buffer.from(packed, "base64").toString().split(":").map(decodeURIComponent);
  return { id, secret };
}

function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
