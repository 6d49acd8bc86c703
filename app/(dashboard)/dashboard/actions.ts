"use server";

import { markBonusSeen } from "@/lib/services/accounts/mark-bonus-seen";
import { context } from "@/lib/session/context";
import { currentAccount } from "@/lib/session/current-account";
import { foreignRequest } from "@/lib/session/form-action";

/** The note was watched being drawn: it stays still from the next look on. */
export async function bonusSeen(): Promise<void> {
  const account = (await foreignRequest()) ? null : await currentAccount();
  if (account) await markBonusSeen(context(), account);
}
