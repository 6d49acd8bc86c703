import { useId } from "react";
import type { Stroke } from "./curve";

/** Strokes inside an svg: each written once and put at its places by reference. */
export function Strokes({ strokes }: { strokes: readonly Stroke[] }) {
  const id = useId();
  return strokes.map((stroke, index) => {
    const strokeId = `${id}${index}`;
    return (
      <g key={strokeId}>
        <defs>
          {/* An attribute, because no rule of a style sheet about what is around it reaches the copies. */}
          <path id={strokeId} d={stroke.d} pathLength={1} vectorEffect="non-scaling-stroke" />
        </defs>
        {stroke.places.map((place) => (
          <use key={place} href={`#${strokeId}`} transform={place} />
        ))}
      </g>
    );
  });
}
