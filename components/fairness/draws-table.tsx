import { Instant } from "@/components/instant";
import { Money } from "@/components/money";
import { Table, Td, Th } from "@/components/ui/table";

interface DrawRow {
  drawId: string;
  program: string;
  beacon: "local" | "drand";
  round: string;
  /** ISO 8601 */
  roundAt: string;
  drawnAt: string | null;
  /** Exact decimal dollars; null while the round is awaited. */
  amount: string | null;
}

/** Draws as anyone may see them, each leading to all that is needed to recompute it. */
export function DrawsTable({ draws }: { draws: readonly DrawRow[] }) {
  return (
    <Table caption="Draws, the latest sign-ups first">
      <thead>
        <tr>
          <Th>Draw</Th>
          <Th numeric>Amount</Th>
          <Th>Program</Th>
          <Th>Beacon and round</Th>
          <Th>Round out</Th>
          <Th>Drawn</Th>
        </tr>
      </thead>
      <tbody>
        {draws.map(({ drawId, program, beacon, round, roundAt, drawnAt, amount }) => (
          <tr key={drawId}>
            <Th scope="row" className="align-baseline font-normal">
              <a href={`/api/v1/draws/${drawId}`} className="link whitespace-nowrap font-mono text-[0.8125em]">
                {drawId}
              </a>
            </Th>
            <Td numeric>{amount === null ? "awaited" : <Money amount={amount} />}</Td>
            <Td className="whitespace-nowrap">{program}</Td>
            <Td className="whitespace-nowrap">
              {beacon} {round}
            </Td>
            <Td className="whitespace-nowrap">
              <Instant at={roundAt} precision="second" />
            </Td>
            <Td className="whitespace-nowrap">{drawnAt ? <Instant at={drawnAt} precision="second" /> : "not yet"}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
