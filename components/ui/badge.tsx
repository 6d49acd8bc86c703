import type { ReactNode } from "react";
import { classes } from "./classes";
import type { Tone } from "./tone";

const tones: Record<Tone, string> = {
  plain: "border-line text-muted",
  good: "border-accent bg-accent text-on-accent",
  wait: "border-accent text-accent",
  warn: "border-warning bg-warning-soft text-warning",
  bad: "border-danger bg-danger-soft text-danger",
};

/** A state in a word or two. The words carry it; the tone only helps. */
export function Badge({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={classes(
        "inline-block whitespace-nowrap rounded-sm border px-1.5 py-px font-medium text-xs leading-5",
        tones[tone],
      )}
    >
      {children}
    </span>
  );
}
