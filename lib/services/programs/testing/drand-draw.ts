import { createHash, createHmac } from "node:crypto";
import { z } from "zod";

/** A draw of drand's as the public API shows it. */
export const PublishedDrandDraw = z.object({
  drawId: z.string(),
  state: z.string(),
  boundAt: z.string().nullable(),
  amount: z.string().nullable(),
  oddsHash: z.string(),
  odds: z.object({ tiers: z.array(z.tuple([z.number(), z.number(), z.number()])), v: z.literal(1) }),
  beacon: z
    .object({
      name: z.string(),
      round: z.number(),
      roundAt: z.string(),
      randomness: z.string().nullable(),
      signature: z.string().nullable(),
      anchor: z.null(),
      distance: z.null(),
    })
    .nullable(),
});

/** What a stranger calculates from a published draw, in whole cents, with nothing of the product's own code. */
export function centsFrom({ drawId, oddsHash, odds, beacon }: z.infer<typeof PublishedDrandDraw>): number {
  const randomness = createHash("sha256")
    .update(Buffer.from(beacon?.signature ?? "", "hex"))
    .digest();
  let counter = 0;
  const pick = (choices: number): number => {
    for (;;) {
      const message = `bonus-draw/v1|${oddsHash}|${drawId}|${counter}`;
      counter += 1;
      const x = createHmac("sha256", randomness).update(message).digest().readUIntBE(0, 6);
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
