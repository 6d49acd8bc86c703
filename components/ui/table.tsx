import type { ComponentProps, ReactNode } from "react";
import { classes } from "./classes";

interface TableProps {
  /** What the table holds, for every reader of a screen. */
  caption: string;
  /** Whether the caption is also seen; leave it hidden below a heading that says the same. */
  captionShown?: boolean;
  children: ReactNode;
  className?: string;
}

/** A table that scrolls inside itself where the screen is narrow, by keyboard too. */
export function Table({ caption, captionShown = false, children, className }: TableProps) {
  return (
    // A group, not a region: headings around it often have the same words, and landmarks must not.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div role="group" aria-label={caption} tabIndex={0} className={classes("sideways", className)}>
      <table className="w-full border-collapse text-left text-sm">
        <caption className={captionShown ? "pb-2 text-left text-muted" : "sr-only"}>{caption}</caption>
        {children}
      </table>
    </div>
  );
}

interface Cell {
  /** Right-aligned, for figures. */
  numeric?: boolean;
}

export function Th({ numeric, className, scope = "col", ...rest }: Cell & ComponentProps<"th">) {
  return (
    <th
      scope={scope}
      className={classes(
        "border-line border-b px-3 py-2 font-medium first:pl-0 last:pr-0",
        scope === "col" ? "whitespace-nowrap text-muted" : "align-baseline text-ink",
        numeric && "text-right",
        className,
      )}
      {...rest}
    />
  );
}

export function Td({ numeric, className, ...rest }: Cell & ComponentProps<"td">) {
  return (
    <td
      className={classes(
        "border-line border-b px-3 py-2 align-baseline first:pl-0 last:pr-0",
        numeric && "whitespace-nowrap text-right",
        className,
      )}
      {...rest}
    />
  );
}
