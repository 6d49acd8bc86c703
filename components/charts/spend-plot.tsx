"use client";

import { useId } from "react";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { moneyText } from "@/components/money-text";
import { axisLook, cursorLook, plotLabel, plotLook } from "./axis";
import { axisLabel, type Bucket, bucketText } from "./buckets";
import { HatchPattern } from "./hatch";
import { chartServices, type SpendPoint, totalOf } from "./services";
import { dollarTick, roundTicks } from "./ticks";
import { Tip } from "./tip";

interface SpendPlotProps {
  points: readonly SpendPoint[];
  bucket: Bucket;
  title: string;
  unit: string;
}

/** Bars over time, stacked by service. Amounts become numbers here, to be drawn, and nowhere else. */
export function SpendPlot({ points, bucket, title, unit }: SpendPlotProps) {
  const id = useId();
  const bars = points.map((point) => ({
    point,
    // Of the same name, such as hours of two days, each is a place of its own.
    start: point.start,
    pod: Number(point.pod),
    serverless: Number(point.serverless),
    storage: Number(point.storage),
  }));
  const { values, step } = roundTicks(
    Math.max(...bars.map(({ pod, serverless, storage }) => pod + serverless + storage)),
  );
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={bars} {...plotLook} aria-label={plotLabel(title, unit)}>
        <defs>
          {chartServices.map(({ key, hatch }) => (
            <HatchPattern key={key} id={`${id}${key}`} kind={hatch} />
          ))}
        </defs>
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
          tickFormatter={(value: number) => dollarTick(value, step)}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={cursorLook}
          content={({ payload }) => {
            const bar: { point: SpendPoint } | undefined = payload[0]?.payload;
            if (bar === undefined) return null;
            const rows = chartServices.map(({ key, label }) => ({ label, value: moneyText(bar.point[key]).exact }));
            const total = { label: "Together", value: moneyText(totalOf(bar.point)).exact };
            return <Tip title={bucketText(bar.point.start, bucket)} rows={[...rows, total]} />;
          }}
        />
        {chartServices.map(({ key, label }) => (
          <Bar
            key={key}
            dataKey={key}
            name={label}
            stackId="bucket"
            fill={`url(#${id}${key})`}
            stroke="var(--accent)"
            strokeWidth={0.75}
            maxBarSize={40}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}
