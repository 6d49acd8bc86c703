"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import type { SettingsState } from "@/components/settings/form-shape";
import { closeAccount } from "@/lib/services/accounts/close-account";
import { refused } from "@/lib/services/result";
import { forgetSession } from "@/lib/session/forget-session";
import { formAction } from "@/lib/session/form-action";

const Closing = z.object({
  paid: z.enum(["refund", "give_up"]).optional(),
  email: z.string().max(254),
});

const NOT_YOURS = "This is not the address of your account. Type it as it stands above; nothing was closed.";

const close = formAction(
  Closing,
  async ({ ctx, account, input }) =>
    input.email.trim().toLowerCase() === account.user.email.toLowerCase()
      ? closeAccount(ctx, { account, paid: input.paid ?? null })
      : refused("invalid", NOT_YOURS, "email"),
  "Your account is closed.",
);

export async function closeOwnAccount(previous: SettingsState, form: FormData): Promise<SettingsState> {
  const state = await close(previous, form);
  if (!state.ok) return state;
  await forgetSession();
  redirect("/goodbye");
}
