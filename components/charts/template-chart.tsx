import { durationText } from "@/components/duration-text";
import { Money } from "@/components/money";
import { Table, Td, Th } from "@/components/ui/table";
import { bucketOfDays, bucketText, gathered } from "./buckets";
import { ChartFigure, PLOT_CLASS } from "./chart-figure";
import { addDay, type TemplateDay, type TemplateMeasure } from "./template-days";
import { TemplateLeaf } from "./template-leaf";

interface TemplateChartProps {
  measure: TemplateMeasure;
  /** Every day of the period, oldest first. */
  days: readonly TemplateDay[];
  /** Whose spend is told: "dollars others paid". */
  spendUnit: string;
}

/** What a template did over time, one measure a chart: two units never share an axis. Long periods by week or month. */
export function TemplateChart({ measure, days, spendUnit }: TemplateChartProps) {
  const isRuntime = measure === "runtime";
  const bucket = bucketOfDays(days.length);
  const bars = gathered(days, bucket, addDay);
  const nothing = bars.every((bar) => (isRuntime ? bar.runtimeMs : bar.spend) === "0");
  const title = `${isRuntime ? "Runtime" : "Spend"} per ${bucket}`;
  const unit = `${isRuntime ? "everyone's pods" : spendUnit}, UTC`;
  return (
    <ChartFigure
      title={title}
      unit={unit}
      emptyText={nothing ? "Nothing ran in this period." : null}
      table={
        <Table caption={`${title}, ${unit}`}>
          <thead>
            <tr>
              <Th>From</Th>
              <Th numeric>{isRuntime ? "Runtime" : "Spend of others"}</Th>
            </tr>
          </thead>
          <tbody>
            {bars.map((bar) => (
              <tr key={bar.start}>
                <Th scope="row" className="whitespace-nowrap">
                  {bucketText(bar.start, bucket)}
                </Th>
                <Td numeric>{isRuntime ? durationText(bar.runtimeMs) : <Money amount={bar.spend} />}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      }
    >
      <TemplateLeaf bars={bars} bucket={bucket} measure={measure} title={title} unit={unit} className={PLOT_CLASS} />
    </ChartFigure>
  );
}
