"use client";

import { lazy } from "react";
import type { Bucket } from "./buckets";
import type { SpendPoint } from "./services";
import { WhenInView } from "./when-in-view";

const SpendPlot = lazy(() => import("./spend-plot").then((plot) => ({ default: plot.SpendPlot })));

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
