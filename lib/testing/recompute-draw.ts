import { createHash, createHmac } from "node:crypto";
import { z } from "zod";

/** A draw as the public API shows it. */
export const PublishedDraw = z.object({
  drawId: z.string(),
  state: z.string(),
  dueAt: z.string(),
  boundAt: z.string().nullable(),
  drawnAt: z.string().nullable(),
  amount: z.string().nullable(),
  oddsHash: z.string(),
  odds: z.object({ tiers: z.array(z.tuple([z.number(), z.number(), z.number()])), v: z.literal(1) }),
  beacon: z
    .object({
      name: z.string(),
      roundAt: z.string(),
      randomness: z.string().nullable(),
      anchor: z.string().nullable(),
      distance: z.number().nullable(),
    })
    .nullable(),
});
export type PublishedDraw = z.infer<typeof PublishedDraw>;

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest();

/**
 * Repeats a draw from what is published about it, with nothing of the product's own code.
 * @returns whole cents.
 * @throws Error when odds, beacon or times do not belong to what was published.
 */
export function recomputeCents({ drawId, oddsHash, odds, beacon, boundAt, drawnAt }: PublishedDraw): number {
  const canonical = `{"tiers":[${odds.tiers.map((tier) => `[${tier.join(",")}]`).join(",")}],"v":1}`;
  if (sha256(canonical).toString("hex") !== oddsHash) throw new Error("The odds are not the ones hashed");
  if (!beacon?.randomness || beacon.distance === null) throw new Error("The draw is not drawn");
  const key = Buffer.from(beacon.randomness, "hex");
  let link: Buffer = key;
  for (let step = 0; step < beacon.distance; step += 1) link = sha256(link);
  if (link.toString("hex") !== beacon.anchor) throw new Error("The randomness does not lead to the anchor");
  if (!(boundAt && drawnAt && boundAt < beacon.roundAt && beacon.roundAt <= drawnAt))
    throw new Error("Drawn too early");

  let counter = 0;
  const pick = (choices: number): number => {
    for (;;) {
      const message = `bonus-draw/v1|${oddsHash}|${drawId}|${counter}`;
      counter += 1;
      const x = createHmac("sha256", key).update(message).digest().readUIntBE(0, 6);
      if (x < Math.floor(2 ** 48 / choices) * choices) return x % choices;
    }
  };
  let ticket = pick(1_000_000);
  for (const [weight, min, max] of odds.tiers) {
    if (ticket < weight) return min + pick(max - min + 1);
    ticket -= weight;
  }
  throw new Error("The odds do not sum to a million");
}
