import type { ReactNode } from "react";
import { classes } from "./classes";

/** Names and values, one below the other: the plain way to lay out what is known about a thing. */
export function Facts({ children, className }: { children: ReactNode; className?: string }) {
  return <dl className={classes("border-line border-t text-sm", className)}>{children}</dl>;
}

interface FactProps {
  term: string;
  /** A sentence below the term. */
  note?: ReactNode;
  /** The value has a line of its own: for hashes and other long ones. */
  long?: boolean;
  children: ReactNode;
}

export function Fact({ term, note, long = false, children }: FactProps) {
  return (
    <div
      className={classes(
        // A note wraps beside a short value; only a long value goes below.
        "gap-x-6 gap-y-0.5 border-line border-b py-2",
        long ? "grid" : "flex flex-wrap items-baseline justify-between",
      )}
    >
      <dt className={classes("text-muted", !long && "min-w-0 grow basis-40")}>
        {term}
        {note && <span className="block max-w-prose text-xs">{note}</span>}
      </dt>
      <dd className={classes("min-w-0", !long && "ml-auto text-right")}>{children}</dd>
    </div>
  );
}
