import { Instant } from "@/components/instant";
import { Money } from "@/components/money";

interface ForecastLineProps {
  /** Exact decimal dollars. */
  low: string;
  middle: string;
  high: string;
  /** ISO 8601; null where it was made just now. */
  madeAt: string | null;
}

/** What a pair is thought to have earned by the end of its window, with the range. */
export function ForecastLine({ low, middle, high, madeAt }: ForecastLineProps) {
  return (
    <>
      about <Money amount={middle} />, <Money amount={low} /> to <Money amount={high} />
      {madeAt !== null && (
        <span className="text-muted">
          , said <Instant at={madeAt} precision="day" />
        </span>
      )}
    </>
  );
}
