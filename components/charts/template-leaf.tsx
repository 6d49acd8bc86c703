"use client";

import dynamic from "next/dynamic";
import type { Bucket } from "./buckets";
import type { TemplateDay, TemplateMeasure } from "./template-days";
import { WhenInView } from "./when-in-view";

const TemplatePlot = dynamic(() => import("./template-plot").then((plot) => plot.TemplatePlot), { ssr: false });

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
