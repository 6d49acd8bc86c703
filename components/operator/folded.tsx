import type { ReactNode } from "react";

/** A part that is opened first, so that no slip of the hand does what is in it. */
export function Folded({ label, about, children }: { label: string; about: string; children: ReactNode }) {
  return (
    <details>
      <summary className="link w-fit text-sm">
        {label}
        <span className="sr-only"> {about}</span>
      </summary>
      <div className="mt-3 border-line border-l-2 pl-4">{children}</div>
    </details>
  );
}
