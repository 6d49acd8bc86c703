"use client";

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { durationText } from "@/components/duration-text";
import { instantText } from "@/components/instant-text";
import { moneyText } from "@/components/money-text";
import { axisLook, dayLabel, dollarTick, hourTick } from "./axis";
import type { TemplateDay, TemplateMeasure } from "./template-days";
import { Tip } from "./tip";

const MS_PER_HOUR = 3_600_000;

/** Bars per day of one measure. Amounts become numbers here, to be drawn, and nowhere else. */
export function TemplatePlot({ days, measure }: { days: readonly TemplateDay[]; measure: TemplateMeasure }) {
  const points = days.map((day) => ({
    day,
    label: dayLabel(day.day),
    value: measure === "runtime" ? Number(day.runtimeMs) / MS_PER_HOUR : Number(day.spend),
  }));
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={points} accessibilityLayer={false} margin={{ top: 8, right: 0, bottom: 0, left: 0 }}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis dataKey="label" {...axisLook} minTickGap={24} />
        <YAxis
          {...axisLook}
          axisLine={false}
          width="auto"
          tickFormatter={measure === "runtime" ? hourTick : dollarTick}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: "var(--accent-soft)" }}
          content={({ payload }) => {
            const point: { day: TemplateDay } | undefined = payload[0]?.payload;
            if (point === undefined) return null;
            const rows = [
              { label: "Runtime", value: durationText(point.day.runtimeMs) },
              { label: "Spend of others", value: moneyText(point.day.spend).exact },
            ];
            return <Tip day={instantText(point.day.day, "day")} rows={rows} />;
          }}
        />
        <Bar dataKey="value" fill="var(--accent)" maxBarSize={40} isAnimationActive={false} />
      </BarChart>
    </ResponsiveContainer>
  );
}
