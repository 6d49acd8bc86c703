import { Instant } from "@/components/instant";
import { Money } from "@/components/money";
import { Table, Td, Th } from "@/components/ui/table";

interface ForecastsTableProps {
  /** Newest first. Exact decimal dollars; the outcome null until the window is over. */
  forecasts: readonly { madeAt: string; low: string; middle: string; high: string; outcome: string | null }[];
}

/** What was said each week, and what came. */
export function ForecastsTable({ forecasts }: ForecastsTableProps) {
  return (
    <Table caption="Forecasts as they were made, week by week">
      <thead>
        <tr>
          <Th>Said</Th>
          <Th numeric>At least</Th>
          <Th numeric>About</Th>
          <Th numeric>At most</Th>
          <Th numeric>It came to</Th>
        </tr>
      </thead>
      <tbody>
        {forecasts.map(({ madeAt, low, middle, high, outcome }) => (
          <tr key={madeAt}>
            <Th scope="row">
              <Instant at={madeAt} precision="day" />
            </Th>
            <Td numeric>
              <Money amount={low} />
            </Td>
            <Td numeric>
              <Money amount={middle} />
            </Td>
            <Td numeric>
              <Money amount={high} />
            </Td>
            <Td numeric>{outcome === null ? "not over yet" : <Money amount={outcome} />}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
