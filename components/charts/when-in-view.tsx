"use client";

import { type ReactNode, Suspense, useEffect, useRef, useState } from "react";

/** Keeps its place and fills it once it is seen: what its children need is not loaded before. */
export function WhenInView({ className, children }: { className: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(false);

  useEffect(() => {
    if (box.current === null) return;
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      setSeen(true);
      observer.disconnect();
    });
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);

  return (
    <div ref={box} className={className}>
      {seen && <Suspense>{children}</Suspense>}
    </div>
  );
}
