import { useId } from "react";
import { HatchPattern } from "./hatch";
import { chartServices } from "./services";

export function ServiceLegend() {
  const id = useId();
  return (
    <span className="flex flex-wrap gap-x-4 gap-y-1 text-muted">
      {chartServices.map(({ key, label, hatch }) => (
        <span key={key} className="inline-flex items-center gap-1.5">
          <svg aria-hidden="true" width="12" height="12">
            <HatchPattern id={`${id}${key}`} kind={hatch} />
            <rect x="0.5" y="0.5" width="11" height="11" className="stroke-accent" fill={`url(#${id}${key})`} />
          </svg>
          {label}
        </span>
      ))}
    </span>
  );
}
