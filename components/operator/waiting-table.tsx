import { Instant } from "@/components/instant";
import { Link } from "@/components/ui/link";
import { Table, Td, Th } from "@/components/ui/table";

interface Queue {
  href: string;
  label: string;
  /** What is done about it. */
  about: string;
  count: number;
  /** When the oldest of it came, ISO 8601. */
  oldest: string | null;
}

/** Everything that waits for an operator, as counts. */
export function WaitingTable({ queues }: { queues: readonly Queue[] }) {
  return (
    <Table caption="What waits, and since when">
      <thead>
        <tr>
          <Th>Where</Th>
          <Th numeric>Waiting</Th>
          <Th className="max-sm:hidden">Oldest since</Th>
        </tr>
      </thead>
      <tbody>
        {queues.map(({ href, label, about, count, oldest }) => (
          <tr key={label}>
            <Th scope="row" className="align-baseline font-normal">
              <Link href={href} className="link font-medium">
                {label}
              </Link>
              <span className="block text-muted text-xs">{about}</span>
              {oldest && (
                <span className="block text-xs sm:hidden">
                  since <Instant at={oldest} />
                </span>
              )}
            </Th>
            <Td numeric className={count > 0 ? "font-semibold text-lg" : "text-lg text-muted"}>
              {count}
            </Td>
            <Td className="whitespace-nowrap max-sm:hidden">
              {oldest ? <Instant at={oldest} /> : <span className="text-muted">none</span>}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
