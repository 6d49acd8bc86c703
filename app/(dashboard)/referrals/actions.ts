"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { CodeState, NameState } from "@/components/referrals/form-shape";
import { applyForRelease } from "@/lib/services/referrals/apply";
import { chooseCode } from "@/lib/services/referrals/choose-code";
import { showFirstName } from "@/lib/services/referrals/show-first-name";
import { formAction } from "@/lib/session/form-action";
import type { FormState } from "@/lib/session/form-state";
import { takeFormTurn } from "@/lib/session/form-turn";

const apply = formAction(
  z.object({ attempt: z.coerce.number().int().min(0).max(10_000) }),
  // The same press twice is the same application: its reference counts those before it.
  ({ ctx, account, input: { attempt } }) =>
    applyForRelease(ctx, { account, reference: `dashboard:${account.id}:${attempt}` }),
  "You applied. An operator decides; until then everything stays pending.",
);

export async function applyForBetaRelease(previous: FormState, form: FormData): Promise<FormState> {
  return apply(previous, form);
}

const choose = formAction(
  z.object({ code: z.string().max(200) }),
  async ({ ctx, account, input }) => takeFormTurn("code", account) ?? chooseCode(ctx, { account, ...input }),
  ({ code }) => `Your link ends in /r/${code} now. The links you gave out before lead to you as well, for ever.`,
);

/** With what was typed: a refused code stays to be corrected. */
export async function chooseOwnCode(previous: CodeState, form: FormData): Promise<CodeState> {
  const state = await choose(previous, form);
  revalidatePath("/referrals");
  return { ...state, typed: state.ok ? "" : String(form.get("code") ?? "") };
}

const show = formAction(
  z.object({ shown: z.enum(["yes", "no"]) }),
  ({ ctx, account, input }) => showFirstName(ctx, { account, shown: input.shown === "yes" }),
  ({ shown }) =>
    shown ? "Whoever follows your link sees your first name." : "Whoever follows your link is not told your name.",
);

export async function setFirstNameShown(previous: NameState, form: FormData): Promise<NameState> {
  const state = await show(previous, form);
  revalidatePath("/referrals");
  return state;
}
