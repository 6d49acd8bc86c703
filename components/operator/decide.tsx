import type { ReactNode } from "react";

/** Opens the form of a decision: in a list of many, one at a time. */
export function Decide({ about, children }: { about: string; children: ReactNode }) {
  return (
    <details className="mt-2">
      <summary className="link w-fit text-sm">
        Decide<span className="sr-only"> about {about}</span>
      </summary>
      <div className="mt-3 border-line border-l-2 pl-4">{children}</div>
    </details>
  );
}
