"use client";

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { durationText } from "@/components/duration-text";
import { moneyText } from "@/components/money-text";
import { axisLook, cursorLook, plotLabel, plotLook } from "./axis";
import { axisLabel, type Bucket, bucketText } from "./buckets";
import type { TemplateDay, TemplateMeasure } from "./template-days";
import { dollarTick, roundTicks, timeTick, timeUnit } from "./ticks";
import { Tip } from "./tip";

interface TemplatePlotProps {
  bars: readonly TemplateDay[];
  bucket: Bucket;
  measure: TemplateMeasure;
  title: string;
  unit: string;
}

/** Bars over time of one measure. Amounts become numbers here, to be drawn, and nowhere else. */
export function TemplatePlot({ bars, bucket, measure, title, unit }: TemplatePlotProps) {
  const time = timeUnit(Math.max(...bars.map(({ runtimeMs }) => Number(runtimeMs))));
  const points = bars.map((bar) => ({
    bar,
    start: bar.start,
    value: measure === "runtime" ? Number(bar.runtimeMs) / time.ms : Number(bar.spend),
  }));
  const { values, step } = roundTicks(Math.max(...points.map(({ value }) => value)));
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={points} {...plotLook} aria-label={plotLabel(title, unit)}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="start"
          {...axisLook}
          minTickGap={24}
          interval="equidistantPreserveStart"
          tickFormatter={(start: string) => axisLabel(start, bucket)}
        />
        <YAxis
          {...axisLook}
          axisLine={false}
          width="auto"
          ticks={values}
          domain={[0, values.at(-1) ?? 1]}
          interval={0}
          tickFormatter={(value: number) =>
            measure === "runtime" ? timeTick(value, step, time) : dollarTick(value, step)
          }
        />
        <Tooltip
          isAnimationActive={false}
          cursor={cursorLook}
          content={({ payload }) => {
            const point: { bar: TemplateDay } | undefined = payload[0]?.payload;
            if (point === undefined) return null;
            const rows = [
              { label: "Runtime", value: durationText(point.bar.runtimeMs) },
              { label: "Spend of others", value: moneyText(point.bar.spend).exact },
            ];
            return <Tip title={bucketText(point.bar.start, bucket)} rows={rows} />;
          }}
        />
        <Bar dataKey="value" fill="var(--accent)" maxBarSize={40} isAnimationActive={false} />
      </BarChart>
    </ResponsiveContainer>
  );
}
