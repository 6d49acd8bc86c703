import { durationText } from "@/components/duration-text";
import { Instant } from "@/components/instant";
import { Money } from "@/components/money";
import { Table, Td, Th } from "@/components/ui/table";
import { ChartFigure, PLOT_CLASS } from "./chart-figure";
import type { TemplateDay, TemplateMeasure } from "./template-days";
import { TemplateLeaf } from "./template-leaf";

const words = {
  runtime: { title: "Runtime per day", unit: "hours of everyone's pods per UTC day" },
  spend: { title: "Spend per day", unit: "dollars others paid per UTC day" },
} as const;

interface TemplateChartProps {
  measure: TemplateMeasure;
  /** Every day of the period, oldest first. */
  days: readonly TemplateDay[];
  title?: string;
}

/** What a template did each day, one measure a chart: two units never share an axis. */
export function TemplateChart({ measure, days, title = words[measure].title }: TemplateChartProps) {
  const { unit } = words[measure];
  const nothing = days.every((day) => (measure === "runtime" ? day.runtimeMs : day.spend) === "0");
  return (
    <ChartFigure
      title={title}
      unit={unit}
      emptyText={nothing ? "Nothing ran in this period." : null}
      table={
        <Table caption={`${title}, ${unit}`}>
          <thead>
            <tr>
              <Th>Day</Th>
              <Th numeric>{measure === "runtime" ? "Runtime" : "Spend of others"}</Th>
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day.day}>
                <Th scope="row">
                  <Instant at={day.day} precision="day" />
                </Th>
                <Td numeric>{measure === "runtime" ? durationText(day.runtimeMs) : <Money amount={day.spend} />}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      }
    >
      <TemplateLeaf days={days} measure={measure} className={PLOT_CLASS} />
    </ChartFigure>
  );
}
