"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";

import type { LimitsState, NewKeyState, ProfileState, SettingsState } from "@/components/settings/form-shape";
import { LimitsInput } from "@/components/settings/limits-input";
import { renameAccount } from "@/lib/services/accounts/rename-account";
import { setSpendLimits } from "@/lib/services/authorizations/set-spend-limits";
import { issueOwnKey } from "@/lib/services/keys/issue-own-key";
import { revokeOwnKey } from "@/lib/services/keys/revoke-own-key";
import { choose } from "@/lib/services/notifications/choices";
import { ChoicesInput } from "@/lib/services/notifications/choices-input";
import { done, refused } from "@/lib/services/result";
import { appearances, keepAppearance } from "@/lib/session/appearance";
import { asking } from "@/lib/session/asking";
import { context } from "@/lib/session/context";
import { formAction } from "@/lib/session/form-action";
import { endOtherSessions } from "@/lib/session/own-sessions";
import { askToLink, unlink } from "@/lib/session/own-ways";

const Named = z.object({ name: z.string().max(256) });

const rename = formAction(
  Named,
  ({ ctx, account, input }) => renameAccount(ctx, { account, ...input }),
  ({ name }) => (name === null ? "You have no name here any more." : "Your name is saved."),
);

export async function setName(previous: ProfileState, form: FormData): Promise<ProfileState> {
  const state = await rename(previous, form);
  revalidatePath("/settings");
  return { ...state, refused: state.ok ? null : String(form.get("name") ?? "") };
}

const set = formAction(
  LimitsInput,
  ({ ctx, account, input }) => setSpendLimits(ctx, { account, ...input }),
  "Your limits are set. Work that runs now goes on.",
);

/** With what was typed: a refused amount stays to be corrected. */
export async function setLimits(previous: LimitsState, form: FormData): Promise<LimitsState> {
  const text = (name: string) => String(form.get(name) ?? "");
  const state = await set(previous, form);
  revalidatePath("/settings");
  return { ...state, typed: { dayMax: text("dayMax"), monthMax: text("monthMax") } };
}

/** The key is in this answer alone. */
export async function makeKey(previous: NewKeyState, form: FormData): Promise<NewKeyState> {
  let key = "";
  const make = formAction(
    Named,
    async ({ ctx, account, input }) => {
      const issued = await issueOwnKey(ctx, { account, ...input });
      if (issued.ok) key = issued.value.key;
      return issued;
    },
    "The key is made.",
  );
  const state = await make(previous, form);
  revalidatePath("/settings");
  return { ...state, key };
}

const end = formAction(
  z.object({ id: z.string().max(64).optional() }),
  async ({ input }) => {
    const who = await asking();
    return who ? endOtherSessions(context().db, who, input.id) : refused("not_found", "nobody is signed in here");
  },
  (count) => (count === 1 ? "One browser is signed out." : `${count} browsers are signed out.`),
);

export async function endSessions(previous: SettingsState, form: FormData): Promise<SettingsState> {
  const state = await end(previous, form);
  revalidatePath("/settings");
  return state;
}

const revoke = formAction(
  z.object({ id: z.string().max(64) }),
  ({ ctx, account, input }) => revokeOwnKey(ctx, { account, ...input }),
  ({ name }) => `The key “${name}” is revoked: within a second it is refused everywhere.`,
);

export async function revokeKey(previous: SettingsState, form: FormData): Promise<SettingsState> {
  const state = await revoke(previous, form);
  revalidatePath("/settings");
  return state;
}

const saveChoices = formAction(
  ChoicesInput,
  ({ ctx, account, input }) => choose(ctx, { account, choices: input }),
  "Your choices are saved. They hold for what happens from now on.",
);

export async function setChoices(previous: SettingsState, form: FormData): Promise<SettingsState> {
  const state = await saveChoices(previous, form);
  revalidatePath("/settings");
  return state;
}

const look = formAction(
  z.object({ appearance: z.enum(appearances) }),
  async ({ input }) => {
    await keepAppearance(input.appearance);
    return done(null);
  },
  "This browser remembers it.",
);

export async function setAppearance(previous: SettingsState, form: FormData): Promise<SettingsState> {
  const state = await look(previous, form);
  revalidatePath("/settings", "layout");
  return state;
}

const add = formAction(
  z.object({ way: z.enum(["google", "github", "email"]) }),
  async ({ input }) => {
    const who = await asking();
    return who ? askToLink(context().db, who, input.way) : refused("not_found", "nobody is signed in here");
  },
  "",
);

/** On to the page that leads to the provider, or sends the link. */
export async function addWay(previous: SettingsState, form: FormData): Promise<SettingsState> {
  const state = await add(previous, form);
  if (state.ok) redirect("/settings/link");
  return state;
}

const names = { google: "Google", github: "GitHub", email: "links by e-mail" } as const;

const remove = formAction(
  z.object({ way: z.enum(["google", "github", "email"]) }),
  async ({ input }) => {
    const who = await asking();
    return who ? unlink(context().db, who.userId, input.way) : refused("not_found", "nobody is signed in here");
  },
  (way) => `You do not sign in with ${names[way]} any more.`,
);

export async function removeWay(previous: SettingsState, form: FormData): Promise<SettingsState> {
  const state = await remove(previous, form);
  revalidatePath("/settings");
  return state;
}
