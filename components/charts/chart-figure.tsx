import type { ReactNode } from "react";

interface ChartFigureProps {
  title: string;
  /** What the axis counts: "dollars per day (UTC)". */
  unit: string;
  legend?: ReactNode;
  /** Instead of the drawing, when there is nothing to draw. */
  emptyText: string | null;
  children: ReactNode;
  /** The same numbers as a table: what readers of screens are given, and anyone may open. */
  table: ReactNode;
}

/** Height every chart reserves before it is drawn. */
export const PLOT_CLASS = "h-56";

export function ChartFigure({ title, unit, legend, emptyText, children, table }: ChartFigureProps) {
  return (
    <figure className="min-w-0">
      <figcaption className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 text-sm">
        <span>
          <span className="font-medium">{title}</span>, <span className="text-muted">{unit}</span>
        </span>
        {legend}
      </figcaption>
      {emptyText === null ? (
        children
      ) : (
        <p className={`grid place-content-center border border-line border-dashed text-muted text-sm ${PLOT_CLASS}`}>
          {emptyText}
        </p>
      )}
      {emptyText === null && (
        <details className="mt-2 text-sm">
          <summary className="text-muted hover:text-ink">The same numbers as a table</summary>
          <div className="mt-2 max-h-80 overflow-y-auto">{table}</div>
        </details>
      )}
    </figure>
  );
}
