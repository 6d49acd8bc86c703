"use client";

import dynamic from "next/dynamic";
import type { Bucket } from "./buckets";
import type { SpendPoint } from "./services";
import { WhenInView } from "./when-in-view";

const SpendPlot = dynamic(() => import("./spend-plot").then((plot) => plot.SpendPlot), { ssr: false });

interface SpendLeafProps {
  points: readonly SpendPoint[];
  bucket: Bucket;
  title: string;
  unit: string;
  className: string;
}

export function SpendLeaf({ className, ...plot }: SpendLeafProps) {
  return (
    <WhenInView className={className}>
      <SpendPlot {...plot} />
    </WhenInView>
  );
}
