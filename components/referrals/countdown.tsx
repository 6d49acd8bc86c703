"use client";

import { useEffect, useState } from "react";
import { changesInMs, leftText } from "./left-text";

interface CountdownProps {
  /** Milliseconds since 1970. */
  untilMs: number;
  /** When the page was made: what is shown before any script runs. */
  nowMs: number;
}

/** What is left of a window. Written again only when the text changes: every minute, in the last hour every second. */
export function Countdown({ untilMs, nowMs }: CountdownProps) {
  const [leftMs, setLeft] = useState(untilMs - nowMs);
  useEffect(() => {
    const timer = setTimeout(() => setLeft(untilMs - Date.now()), leftMs > 0 ? changesInMs(leftMs) : 2 ** 31 - 1);
    return () => clearTimeout(timer);
  }, [leftMs, untilMs]);
  return <span className="whitespace-nowrap">{leftText(leftMs)}</span>;
}
