import type { ReactNode } from "react";
import { classes } from "./classes";

const looks = {
  info: "border-accent bg-accent-soft",
  warn: "border-warning bg-warning-soft",
  danger: "border-danger bg-danger-soft",
} as const;

interface NoticeProps {
  look?: keyof typeof looks;
  /** What happened. */
  title: string;
  /** What it means in dollars, and what to do. */
  children?: ReactNode;
  /** The button or link that does it. */
  action?: ReactNode;
  /** Read aloud at once when it appears; for what answers something the person just did. */
  announce?: boolean;
}

export function Notice({ look = "info", title, children, action, announce = false }: NoticeProps) {
  return (
    <div
      role={announce ? (look === "danger" ? "alert" : "status") : undefined}
      className={classes("border-l-4 px-4 py-3 text-sm", looks[look])}
    >
      <p className="font-semibold">{title}</p>
      {children && <div className="mt-1 max-w-prose">{children}</div>}
      {action && <div className="mt-3 flex flex-wrap gap-2">{action}</div>}
    </div>
  );
}
