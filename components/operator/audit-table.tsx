import { Instant } from "@/components/instant";
import { Badge } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { Table, Td, Th } from "@/components/ui/table";

interface Line {
  id: string;
  /** ISO 8601 */
  at: string;
  actor: string;
  act: string;
  subject: string;
  reason: string;
  outcome: "done" | "refused";
  detail: Readonly<Record<string, string>>;
}

const filtered = (name: "actor" | "subject", value: string) =>
  `/operator/audit?${new URLSearchParams({ [name]: value })}`;

/** Acts, the newest first. Actor and subject lead to all there is about them. */
export function AuditTable({ lines }: { lines: readonly Line[] }) {
  return (
    <Table caption="Acts of operators, the newest first">
      <thead>
        <tr>
          <Th>When</Th>
          <Th>Actor</Th>
          <Th>Act</Th>
          <Th>Subject</Th>
          <Th>Reason</Th>
          <Th>Detail</Th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ id, at, actor, act, subject, reason, outcome, detail }) => (
          <tr key={id}>
            <Th scope="row" className="align-baseline font-normal">
              <Instant at={at} precision="second" />
            </Th>
            <Td className="min-w-44">
              <Link href={filtered("actor", actor)} className="link wrap-anywhere">
                {actor}
              </Link>
            </Td>
            <Td className="whitespace-nowrap">
              {act}
              {outcome === "refused" && (
                <span className="block">
                  <Badge tone="warn">Refused</Badge>
                </span>
              )}
            </Td>
            <Td className="min-w-36">
              <Link href={filtered("subject", subject)} className="link wrap-anywhere">
                {subject}
              </Link>
            </Td>
            <Td className="min-w-40 break-words">{reason}</Td>
            <Td className="min-w-48 text-xs">
              {Object.entries(detail).map(([name, value]) => (
                <span key={name} className="wrap-anywhere block">
                  <span className="text-muted">{name}</span> {value}
                </span>
              ))}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
