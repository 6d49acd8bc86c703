"use client";

import { useId } from "react";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { instantText } from "@/components/instant-text";
import { moneyText } from "@/components/money-text";
import { axisLook, dayLabel, dollarTick } from "./axis";
import { HatchPattern } from "./hatch";
import { chartServices, type SpendDay } from "./services";
import { Tip } from "./tip";

/** Bars per day, stacked by service. Amounts become numbers here, to be drawn, and nowhere else. */
export function SpendPlot({ days }: { days: readonly SpendDay[] }) {
  const id = useId();
  const points = days.map((day) => ({
    day,
    label: dayLabel(day.day),
    pod: Number(day.pod),
    serverless: Number(day.serverless),
    storage: Number(day.storage),
  }));
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={points} accessibilityLayer={false} margin={{ top: 8, right: 0, bottom: 0, left: 0 }}>
        <defs>
          {chartServices.map(({ key, hatch }) => (
            <HatchPattern key={key} id={`${id}${key}`} kind={hatch} />
          ))}
        </defs>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis dataKey="label" {...axisLook} minTickGap={24} />
        <YAxis {...axisLook} axisLine={false} width="auto" tickFormatter={dollarTick} />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: "var(--accent-soft)" }}
          content={({ payload }) => {
            const point: { day: SpendDay } | undefined = payload[0]?.payload;
            if (point === undefined) return null;
            const rows = chartServices.map(({ key, label }) => ({ label, value: moneyText(point.day[key]).exact }));
            return <Tip day={instantText(point.day.day, "day")} rows={rows} />;
          }}
        />
        {chartServices.map(({ key, label }) => (
          <Bar
            key={key}
            dataKey={key}
            name={label}
            stackId="day"
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
