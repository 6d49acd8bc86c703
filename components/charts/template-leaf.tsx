"use client";

import dynamic from "next/dynamic";
import type { TemplateDay, TemplateMeasure } from "./template-days";
import { WhenInView } from "./when-in-view";

const TemplatePlot = dynamic(() => import("./template-plot").then((plot) => plot.TemplatePlot), { ssr: false });

interface TemplateLeafProps {
  days: readonly TemplateDay[];
  measure: TemplateMeasure;
  className: string;
}

export function TemplateLeaf({ days, measure, className }: TemplateLeafProps) {
  return (
    <WhenInView className={className}>
      <TemplatePlot days={days} measure={measure} />
    </WhenInView>
  );
}
