import { classes } from "@/components/ui/classes";
import { ROSETTE_RADIUS, rosette } from "./rosette";
import { Strokes } from "./strokes";

interface GuillocheProps {
  /** Hex digits: the same seed always gives the same engraving. */
  seed: string;
  /** How much of it: 1 for small marks, 3 for the large ones. */
  rings?: 1 | 2 | 3;
  /** Give it a size and a text colour here. */
  className?: string;
}

/** A rosette of fine lines in the colour of the text. An ornament: it says nothing to screen readers. */
export function Guilloche({ seed, rings = 3, className }: GuillocheProps) {
  const side = 2 * ROSETTE_RADIUS;
  return (
    <svg
      aria-hidden="true"
      viewBox={`${-ROSETTE_RADIUS} ${-ROSETTE_RADIUS} ${side} ${side}`}
      className={classes("engraving", className)}
    >
      <Strokes strokes={rosette(seed, rings)} />
    </svg>
  );
}
