"use client";

import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from "react";

/** As long as the drawing of a note takes in globals.css. */
const REVEAL_MS = 4_200;

/**
 * Lets the note inside draw itself once it is in view, and says so when it has been watched. Without scripts, and where
 * less motion is wanted, the note is simply there.
 */
export function BonusReveal({ onSeen, children }: { onSeen: () => Promise<void>; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const [drawing, setDrawing] = useState(false);
  const watched = useEffectEvent(() => void onSeen());

  useEffect(() => {
    if (box.current === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        observer.disconnect();
        setDrawing(true);
        const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
        timer = setTimeout(watched, still ? 0 : REVEAL_MS);
      },
      { threshold: 0.6 },
    );
    observer.observe(box.current);
    return () => {
      observer.disconnect();
      clearTimeout(timer);
    };
  }, []);

  return (
    <div ref={box} data-reveal={drawing ? "drawing" : "waiting"}>
      {children}
    </div>
  );
}
