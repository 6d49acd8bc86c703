import type { ComponentProps } from "react";
import { classes } from "./classes";

/** A sheet of paper on the page, for what stands apart; most things need only a Section. */
export function Card({ className, ...rest }: ComponentProps<"div">) {
  return <div className={classes("min-w-0 rounded-sm border border-line bg-raised p-4 sm:p-5", className)} {...rest} />;
}
