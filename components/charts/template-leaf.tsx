"use client";

import { lazy } from "react";
import type { Bucket } from "./buckets";
import type { TemplateDay, TemplateMeasure } from "./template-days";
import { WhenInView } from "./when-in-view";

const TemplatePlot = lazy(() => import("./template-plot").then((plot) => ({ default: plot.TemplatePlot })));

interface TemplateLeafProps {
  bars: readonly TemplateDay[];
  bucket: Bucket;
  measure: TemplateMeasure;
  title: string;
  unit: string;
  className: string;
}

export function TemplateLeaf({ className, ...plot }: TemplateLeafProps) {
  return (
    <WhenInView className={className}>
      <TemplatePlot {...plot} />
    </WhenInView>
  );
}
