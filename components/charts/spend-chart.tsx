import { Instant } from "@/components/instant";
import { Money } from "@/components/money";
import { Table, Td, Th } from "@/components/ui/table";
import { ChartFigure, PLOT_CLASS } from "./chart-figure";
import { ServiceLegend } from "./legend";
import { chartServices, type SpendDay } from "./services";
import { SpendLeaf } from "./spend-leaf";

interface SpendChartProps {
  /** Every day of the period, oldest first, also those without charges. */
  days: readonly SpendDay[];
  title?: string;
}

/** Charges per day, stacked by service. */
export function SpendChart({ days, title = "Spend per day" }: SpendChartProps) {
  const nothing = days.every((day) => chartServices.every(({ key }) => day[key] === "0"));
  return (
    <ChartFigure
      title={title}
      unit="dollars charged per UTC day"
      legend={<ServiceLegend />}
      emptyText={nothing ? "Nothing was charged in this period." : null}
      table={
        <Table caption={`${title}, dollars charged per UTC day`}>
          <thead>
            <tr>
              <Th>Day</Th>
              {chartServices.map(({ key, label }) => (
                <Th key={key} numeric>
                  {label}
                </Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day.day}>
                <Th scope="row">
                  <Instant at={day.day} precision="day" />
                </Th>
                {chartServices.map(({ key }) => (
                  <Td key={key} numeric>
                    <Money amount={day[key]} />
                  </Td>
                ))}
              </tr>
            ))}
          </tbody>
        </Table>
      }
    >
      <SpendLeaf days={days} className={PLOT_CLASS} />
    </ChartFigure>
  );
}
