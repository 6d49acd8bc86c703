import { durationText } from "@/components/duration-text";
import { Instant } from "@/components/instant";
import { Money } from "@/components/money";
import { Link } from "@/components/ui/link";
import { Table, Td, Th } from "@/components/ui/table";
import { paidFromText } from "./paid-from";
import type { UsedInterval } from "./usage";

/** Metered intervals, the latest posting first; each opens to why it cost what it did and which credit paid. */
export function IntervalTable({ intervals }: { intervals: readonly UsedInterval[] }) {
  return (
    <Table caption="Metered intervals, the latest posted first">
      <thead>
        <tr>
          <Th>Ended</Th>
          <Th>What ran</Th>
          <Th numeric>Time</Th>
          <Th numeric>Charged</Th>
          <Th>Paid from</Th>
        </tr>
      </thead>
      <tbody>
        {intervals.map(({ seq, endedAt, service, sku, resource, template, durationMs, quantity, charged, parts }) => (
          <tr key={seq}>
            <Th scope="row" className="whitespace-nowrap">
              <Link className="link" href={`/statement/${seq}`}>
                <Instant at={endedAt} precision="second" />
              </Link>
            </Th>
            <Td className="break-all">
              {sku ?? service}
              {quantity !== "1" && ` × ${quantity}`}
              <span className="block text-muted">
                {[resource, template && `template ${template}`].filter(Boolean).join(", ") || service}
              </span>
            </Td>
            <Td numeric>{durationText(durationMs)}</Td>
            <Td numeric>
              <Money amount={charged} />
            </Td>
            <Td className="text-muted">{paidFromText(parts)}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
