import { type ReactNode, useId } from "react";
import { classes } from "./classes";

interface SectionProps {
  title: string;
  /** One sentence under the title. */
  lead?: ReactNode;
  /** Links or buttons beside the title. */
  actions?: ReactNode;
  /** For links to this section. */
  id?: string;
  children: ReactNode;
  className?: string;
}

/** A named part of a page, set off by a rule above it. */
export function Section({ title, lead, actions, id, children, className }: SectionProps) {
  const headingId = useId();
  return (
    <section id={id} aria-labelledby={headingId} className={classes("min-w-0 border-line border-t pt-4", className)}>
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <div>
          <h2 id={headingId} className="font-semibold text-lg leading-tight">
            {title}
          </h2>
          {lead && <p className="mt-1 max-w-prose text-muted text-sm">{lead}</p>}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
