import { Money } from "@/components/money";
import { Link } from "@/components/ui/link";
import { Table, Td, Th } from "@/components/ui/table";
import { type Bucket, bucketText } from "./buckets";
import { ChartFigure, PLOT_CLASS } from "./chart-figure";
import { ServiceLegend } from "./legend";
import { chartServices, type SpendPoint, totalOf } from "./services";
import { SpendLeaf } from "./spend-leaf";

interface SpendChartProps {
  /** Every bucket of the period, oldest first, also those without charges. */
  points: readonly SpendPoint[];
  /** What each stands for. */
  bucket?: Bucket;
  title: string;
}

/** Charges over time, stacked by service. */
export function SpendChart({ points, bucket = "day", title }: SpendChartProps) {
  const nothing = points.every((point) => chartServices.every(({ key }) => point[key] === "0"));
  const unit = `dollars charged per ${bucket} (UTC)`;
  return (
    <ChartFigure
      title={title}
      unit={unit}
      legend={<ServiceLegend />}
      emptyText={nothing ? "Nothing was charged in this period." : null}
      table={
        <Table caption={`${title}, ${unit}`}>
          <thead>
            <tr>
              <Th>{bucketName[bucket]}</Th>
              {chartServices.map(({ key, label }) => (
                <Th key={key} numeric>
                  {label}
                </Th>
              ))}
              <Th numeric>Together</Th>
            </tr>
          </thead>
          <tbody>
            {points.map((point) => (
              <tr key={point.start}>
                <Th scope="row" className="whitespace-nowrap">
                  {point.href ? (
                    <Link className="link" href={point.href}>
                      {bucketText(point.start, bucket)}
                    </Link>
                  ) : (
                    bucketText(point.start, bucket)
                  )}
                </Th>
                {chartServices.map(({ key }) => (
                  <Td key={key} numeric>
                    <Money amount={point[key]} />
                  </Td>
                ))}
                <Td numeric>
                  <Money amount={totalOf(point)} />
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      }
    >
      <SpendLeaf
        points={points.map(({ start, pod, serverless, storage }) => ({ start, pod, serverless, storage }))}
        bucket={bucket}
        title={title}
        unit={unit}
        className={PLOT_CLASS}
      />
    </ChartFigure>
  );
}

const bucketName: Record<Bucket, string> = { hour: "Hour", day: "Day", week: "Week", month: "Month" };
