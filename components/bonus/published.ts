import type { DrawShown } from "./draw";

/** The draw as `/api/v1/draws/{id}` answers it: what a check anywhere else is given. Null before it is drawn. */
export function publishedOf({ odds, bound, ...draw }: DrawShown) {
  if (draw.state !== "drawn" || !odds || !bound) return null;
  const isLocal = bound.beacon === "local";
  return {
    drawId: draw.drawId,
    program: draw.program,
    state: draw.state,
    dueAt: draw.dueAt,
    boundAt: draw.boundAt,
    drawnAt: draw.drawnAt,
    amount: draw.amount,
    oddsHash: odds.hash,
    odds: odds.odds,
    beacon: {
      name: bound.beacon,
      round: Number(bound.round),
      roundAt: bound.at,
      randomness: draw.randomness,
      signature: draw.signature,
      anchor: bound.anchor,
      distance: isLocal ? Number(bound.round) : null,
    },
  };
}

export type Published = NonNullable<ReturnType<typeof publishedOf>>;
