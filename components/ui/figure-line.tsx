import type { ReactNode } from "react";
import { classes } from "./classes";

interface FigureLineProps {
  label: string;
  /** The number, usually a `<Money size="xl" />`. */
  children: ReactNode;
  /** What it means, in a sentence. */
  note?: ReactNode;
  className?: string;
}

/** A number with its name above and its meaning below. */
export function FigureLine({ label, children, note, className }: FigureLineProps) {
  return (
    <div className={classes("min-w-0", className)}>
      <p className="text-muted text-sm">{label}</p>
      <p className="leading-tight">{children}</p>
      {note && <p className="mt-1 text-muted text-sm">{note}</p>}
    </div>
  );
}
