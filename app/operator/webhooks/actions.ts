"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { Reason, text } from "@/app/operator/fields";
import { operatorAction, operatorAnswer } from "@/app/operator/operator-action";
import type { ActState, SecretState } from "@/components/operator/act-state";
import { addEndpoint } from "@/lib/services/webhooks/add-endpoint";
import { ownRules } from "@/lib/services/webhooks/own-rules";
import { pauseEndpoint } from "@/lib/services/webhooks/pause-endpoint";
import { removeEndpoint } from "@/lib/services/webhooks/remove-endpoint";
import { replayMessage } from "@/lib/services/webhooks/replay-message";
import { rotateSecret } from "@/lib/services/webhooks/rotate-secret";

const PAGE = "/operator/webhooks";
const OnEndpoint = z.object({ id: z.uuid(), reason: Reason });

const doneAs = (what: string) => () => `${PAGE}?${new URLSearchParams({ done: what })}`;

/** Each kind of message is a box of its own, of which a form says something only where it is ticked. */
const NewEndpoint = z
  .looseObject({ url: text(2_000).min(1, "Write the address."), reason: Reason })
  .transform(({ url, reason, ...ticked }) => ({ url, reason, types: Object.keys(ticked) }));

const add = operatorAnswer({
  act: "webhook.add",
  schema: NewEndpoint,
  run: ({ ctx, actor, input }) => addEndpoint(ctx, { ...input, actor }, ownRules()),
  said: ({ secret }) => ({ message: "The endpoint is added.", secret }),
});

/** The secret is in this answer alone. */
export async function addWebhook(previous: SecretState, form: FormData): Promise<SecretState> {
  const state = await add(previous, form);
  revalidatePath(PAGE);
  return state;
}

const rotate = operatorAnswer({
  act: "webhook.rotate",
  schema: OnEndpoint,
  run: ({ ctx, actor, input }) => rotateSecret(ctx, { ...input, actor }),
  said: ({ secret }) => ({ message: "The endpoint has a new secret.", secret }),
});

export async function rotateWebhook(previous: SecretState, form: FormData): Promise<SecretState> {
  const state = await rotate(previous, form);
  revalidatePath(PAGE);
  return state;
}

const pause = operatorAction({
  act: "webhook.pause",
  schema: OnEndpoint,
  run: ({ ctx, actor, input }) => pauseEndpoint(ctx, { ...input, paused: true, actor }),
  next: doneAs("paused"),
});

export async function pauseWebhook(previous: ActState, form: FormData): Promise<ActState> {
  return pause(previous, form);
}

const resume = operatorAction({
  act: "webhook.resume",
  schema: OnEndpoint,
  run: ({ ctx, actor, input }) => pauseEndpoint(ctx, { ...input, paused: false, actor }),
  next: doneAs("resumed"),
});

export async function resumeWebhook(previous: ActState, form: FormData): Promise<ActState> {
  return resume(previous, form);
}

const remove = operatorAction({
  act: "webhook.remove",
  schema: OnEndpoint,
  run: ({ ctx, actor, input }) => removeEndpoint(ctx, { ...input, actor }),
  next: doneAs("removed"),
});

export async function removeWebhook(previous: ActState, form: FormData): Promise<ActState> {
  return remove(previous, form);
}

const replay = operatorAction({
  act: "webhook.replay",
  schema: z.object({
    lane: z.coerce.number().int().min(0).max(63),
    eventId: z.uuid(),
    endpointId: z.uuid(),
    reason: Reason,
  }),
  run: ({ ctx, actor, input }) => replayMessage(ctx, { ...input, actor }),
  next: doneAs("replayed"),
});

export async function replayWebhook(previous: ActState, form: FormData): Promise<ActState> {
  return replay(previous, form);
}
