import { Money } from "@/components/money";

interface ForecastScoreProps {
  windows: number;
  forecasts: number;
  inRange: number;
  /** Exact decimal dollars. */
  offBy: string;
}

const counted = (count: number, noun: string): string =>
  `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;

/** How the forecasts of windows that ended compare with what came. */
export function ForecastScore({ windows, forecasts, inRange, offBy }: ForecastScoreProps) {
  return (
    <p className="max-w-prose">
      Of our {counted(forecasts, "forecast")} for {counted(windows, "window")} of yours that ended,{" "}
      {inRange.toLocaleString("en-US")} held what came within their range, and half were within <Money amount={offBy} />{" "}
      of it.
    </p>
  );
}
