"use client";

import dynamic from "next/dynamic";
import type { SpendDay } from "./services";
import { WhenInView } from "./when-in-view";

const SpendPlot = dynamic(() => import("./spend-plot").then((plot) => plot.SpendPlot), { ssr: false });

export function SpendLeaf({ days, className }: { days: readonly SpendDay[]; className: string }) {
  return (
    <WhenInView className={className}>
      <SpendPlot days={days} />
    </WhenInView>
  );
}
