"use client";

import { useLayoutEffect, useRef, useState } from "react";
import { dollarsFloored } from "@/lib/money/format";
import { nanos } from "@/lib/money/nanos";
import { parseAmount } from "@/lib/money/parse";
import { MoneyFace, type MoneyProps } from "./money";
import { moneyText } from "./money-text";

const GLIDE_MS = 700;
/** Steps a glide is divided into: the amounts stay integers. */
const STEPS = 1_000;

/** An amount that glides to its new value when it changes. What is read aloud changes once, at the start. */
export function LiveMoney({ amount, size = "inherit", className }: MoneyProps) {
  const { floored, exact } = moneyText(amount);
  const [gliding, setGliding] = useState<string | null>(null);
  const shownBefore = useRef(amount);

  // Before the paint: the new amount must not flash up ahead of its glide.
  useLayoutEffect(() => {
    const from = parseAmount(shownBefore.current);
    const to = parseAmount(amount);
    shownBefore.current = amount;
    if (!from.ok || !to.ok || from.nanos === to.nanos) return;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const difference = to.nanos - from.nanos;
    setGliding(dollarsFloored(from.nanos));
    const began = performance.now();
    let frame = requestAnimationFrame(function step(now) {
      const part = Math.min(1, (now - began) / GLIDE_MS);
      if (part >= 1) return setGliding(null);
      const eased = BigInt(Math.round((1 - (1 - part) ** 3) * STEPS));
      setGliding(dollarsFloored(nanos(from.nanos + (difference * eased) / BigInt(STEPS))));
      frame = requestAnimationFrame(step);
    });
    return () => {
      cancelAnimationFrame(frame);
      setGliding(null);
    };
  }, [amount]);

  return <MoneyFace floored={gliding ?? floored} exact={exact} size={size} className={className} />;
}
