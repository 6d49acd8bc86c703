"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { SettingsState } from "@/components/settings/form-shape";
import { markRead } from "@/lib/services/notifications/mark-read";
import { formAction } from "@/lib/session/form-action";

const mark = formAction(
  z.object({ id: z.uuid().optional() }),
  ({ ctx, account, input }) => markRead(ctx, { account, id: input.id }),
  (count) => (count === 1 ? "Marked as read." : `${count} marked as read.`),
);

export async function markAsRead(previous: SettingsState, form: FormData): Promise<SettingsState> {
  const state = await mark(previous, form);
  revalidatePath("/notifications", "layout");
  return state;
}
