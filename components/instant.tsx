import { instantText, type Precision } from "./instant-text";

interface InstantProps {
  /** ISO 8601, as `toISOString` writes it. */
  at: string;
  precision?: Precision;
}

/** A moment in UTC, the clock every program runs on. */
export function Instant({ at, precision = "minute" }: InstantProps) {
  return (
    <time dateTime={at} title={at} className="whitespace-nowrap">
      {instantText(at, precision)}
    </time>
  );
}
