import { Table, Td, Th } from "@/components/ui/table";
import type { Glance } from "@/lib/programs/at-a-glance";

/** Every way to get credit, a row each. */
export function AtAGlance({ rows }: { rows: readonly Glance[] }) {
  return (
    <Table caption="Every way to get credit">
      <thead>
        <tr>
          <Th>Credit</Th>
          <Th>What it takes</Th>
          <Th>You get</Th>
          <Th>They get</Th>
          <Th>When it comes</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, takes, you, they, comes }) => (
          <tr key={name}>
            <Th scope="row" className="min-w-32 align-baseline">
              {name}
            </Th>
            <Td className="min-w-36">{takes}</Td>
            <Td className="min-w-44 font-medium">{you}</Td>
            <Td className="min-w-32 text-muted">{they ?? "–"}</Td>
            <Td className="min-w-36 text-muted">{comes}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
