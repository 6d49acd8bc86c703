import type { ReactNode } from "react";

interface EmptyStateProps {
  /** What is not here yet: "No deposits yet". */
  title: string;
  /** What will bring it here. */
  children: ReactNode;
  action?: ReactNode;
}

export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="border border-edge border-dashed px-4 py-6">
      <p className="font-semibold">{title}</p>
      <div className="mt-1 max-w-prose text-muted text-sm">{children}</div>
      {action && <div className="mt-4 flex flex-wrap gap-2">{action}</div>}
    </div>
  );
}
