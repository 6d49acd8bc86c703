import { ROUND_DELAY_MS } from "./local-beacon";
import { DRAND_DELAY_MS, drandRoundTime } from "./quicknet";

/** When a draw was bound and made, and when its round came out: milliseconds of Unix time. */
export interface RoundTimes {
  beacon: "local" | "drand";
  round: number;
  boundAt: number;
  roundAt: number;
  drawnAt: number;
}

/** What is wrong with them; null when the draw was bound while its round lay ahead, and made when that was out. */
export function timesProblem({ beacon, round, boundAt, roundAt, drawnAt }: RoundTimes): string | null {
  const delay = beacon === "drand" ? DRAND_DELAY_MS : ROUND_DELAY_MS;
  if (!(roundAt - boundAt >= delay)) return `The round lay less than ${delay / 1_000} seconds ahead of the binding.`;
  if (!(drawnAt >= roundAt)) return "The draw was made before its round was out.";
  if (beacon === "drand" && roundAt !== drandRoundTime(round)) return "The round does not come out at that time.";
  return null;
}
