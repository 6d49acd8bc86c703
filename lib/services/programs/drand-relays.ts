import { z } from "zod";
import { verifyDrandRound } from "@/lib/programs/drand";
import { type DrandRound, quicknet } from "@/lib/programs/quicknet";

/** A relay that has not answered whole by then is passed over. */
const PATIENCE_MS = 4_000;

/** A round is some 250 bytes; nothing longer is read. */
const ANSWER_BYTES_MAX = 4_096;

const Round = z.object({
  round: z.number(),
  randomness: z.string().regex(/^[0-9a-f]{64}$/),
  signature: z.string().regex(/^[0-9a-f]{96}$/),
});

type Answer = { kind: "round"; round: DrandRound } | { kind: "late" } | { kind: "silent" } | { kind: "false" };

/**
 * Asks relays in turn for a round until one gives it, verified; null when none does. A relay that hung or could not
 * be reached is not asked again by the same function, so that waiting ends: make a new one for each pass.
 */
export function askRelays(
  relays: readonly string[],
  patienceMs = PATIENCE_MS,
): (round: number) => Promise<DrandRound | null> {
  const silent = new Set<string>();
  return async (round) => {
    for (const relay of relays) {
      if (silent.has(relay)) continue;
      const answer = await askRelay(relay, round, patienceMs);
      if (answer.kind === "round") return answer.round;
      if (answer.kind === "silent") silent.add(relay);
      if (answer.kind === "false") console.error(`${relay} gave a false round ${round} of drand, which was refused`);
    }
    return null;
  };
}

async function askRelay(relay: string, round: number, patienceMs: number): Promise<Answer> {
  let text: string | null;
  try {
    const response = await fetch(`${relay}/${quicknet.chainHash}/public/${round}`, {
      signal: AbortSignal.timeout(patienceMs),
      redirect: "error",
      cache: "no-store",
    });
    if (!response.ok) {
      await response.body?.cancel();
      return { kind: "late" };
    }
    text = await readShort(response);
  } catch {
    return { kind: "silent" };
  }
  const parsed = Round.safeParse(readJson(text));
  if (!parsed.success || parsed.data.round !== round || !verifyDrandRound(parsed.data)) return { kind: "false" };
  return { kind: "round", round: parsed.data };
}

/** The text of an answer; null for one too long to be a round. */
async function readShort(response: Response): Promise<string | null> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.byteLength;
    if (bytes > ANSWER_BYTES_MAX) return null;
    text += decoder.decode(part, { stream: true });
  }
  return text;
}

function readJson(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
