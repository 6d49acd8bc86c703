import { durationText } from "@/components/duration-text";
import { Instant } from "@/components/instant";
import { Digest } from "@/components/ui/digest";
import { Table, Td, Th } from "@/components/ui/table";

interface Subject {
  subject: string;
  reason: string;
  events: number;
  /** ISO 8601 */
  oldest: string;
  newest: string;
  /** Whole milliseconds since the oldest came. */
  ageMs: string;
}

const reasons: Record<string, string> = { unknown_subject: "No account has this name yet" };

const MINUTE_MS = 60_000n;

/** To the minute: what waits is not measured by the second. */
const age = (ms: string): string => {
  const whole = (BigInt(ms) / MINUTE_MS) * MINUTE_MS;
  return whole === 0n ? "under a minute" : durationText(whole);
};

/** Events that wait for their account, by whom they are about. */
export function QuarantineTable({ subjects }: { subjects: readonly Subject[] }) {
  return (
    <Table caption="Events waiting, by subject, the longest first">
      <thead>
        <tr>
          <Th>Subject</Th>
          <Th numeric>Events</Th>
          <Th numeric>Age</Th>
          <Th>First and last came</Th>
          <Th>Reason</Th>
        </tr>
      </thead>
      <tbody>
        {subjects.map(({ subject, reason, events, oldest, newest, ageMs }) => (
          <tr key={`${subject} ${reason}`}>
            <Th scope="row" className="min-w-32 align-baseline font-normal">
              <Digest>{subject}</Digest>
            </Th>
            <Td numeric>{events.toLocaleString("en")}</Td>
            <Td numeric>{age(ageMs)}</Td>
            <Td>
              <Instant at={oldest} />
              <br />
              <Instant at={newest} />
            </Td>
            <Td className="min-w-40">{reasons[reason] ?? reason}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
