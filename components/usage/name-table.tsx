import { durationText } from "@/components/duration-text";
import { Money } from "@/components/money";
import { Link } from "@/components/ui/link";
import { Table, Td, Th } from "@/components/ui/table";
import { changePercent } from "./change";
import { paidFromText } from "./paid-from";
import { periodText } from "./time-buckets";
import type { NamedUsage } from "./usage";
import { type UsageView, usageDimensions, usageHref, usageName, withName } from "./usage-view";

/** What was charged by name, most first; each name opens to its events. */
export function NameTable({ names, view }: { names: readonly NamedUsage[]; view: UsageView }) {
  const label = usageDimensions.find(({ by }) => by === view.by)?.label ?? "Name";
  return (
    <Table caption={`Charges by ${label.toLowerCase()}, most first: ${periodText(view.period)}`}>
      <thead>
        <tr>
          <Th>{label}</Th>
          <Th numeric>Charged</Th>
          <Th numeric>Change</Th>
          <Th numeric>Time</Th>
          <Th numeric>Events</Th>
          <Th>Paid from</Th>
        </tr>
      </thead>
      <tbody>
        {names.map((each) => (
          <tr key={each.name}>
            <Th scope="row" className="break-all">
              <Link className="link" href={usageHref(withName(view, view.by, each.name))}>
                {usageName(view.by, each.name)}
              </Link>
            </Th>
            <Td numeric>
              <Money amount={each.charged} />
            </Td>
            <Td numeric>{changeText(each)}</Td>
            <Td numeric>{durationText(each.durationMs)}</Td>
            <Td numeric>{each.events.toLocaleString("en-US")}</Td>
            <Td className="text-muted">{paidFromText(each.parts)}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function changeText({ before, charged }: NamedUsage): string {
  const percent = changePercent(before, charged);
  if (percent === null) return "new";
  return `${percent > 0 ? "+" : percent < 0 ? "−" : "±"}${Math.abs(percent).toLocaleString("en-US")}%`;
}
