import { Table, Td, Th } from "@/components/ui/table";
import type { Glance } from "@/lib/programs/at-a-glance";

/** Every way to get credit, a row each; on a phone, where five columns are too many, one below the other. */
export function AtAGlance({ rows }: { rows: readonly Glance[] }) {
  return (
    <>
      <ul className="text-sm sm:hidden">
        {rows.map(({ name, takes, you, they, comes }) => (
          <li key={name} className="grid gap-1 border-line border-b py-3 first:pt-0">
            <h3 className="font-medium text-base">{name}</h3>
            <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3 gap-y-1">
              <dt className="text-muted">What it takes</dt>
              <dd>{takes}</dd>
              <dt className="text-muted">You get</dt>
              <dd className="font-medium">{you}</dd>
              {they && (
                <>
                  <dt className="text-muted">They get</dt>
                  <dd>{they}</dd>
                </>
              )}
              <dt className="text-muted">When it comes</dt>
              <dd>{comes}</dd>
            </dl>
          </li>
        ))}
      </ul>
      <AtAGlanceTable rows={rows} />
    </>
  );
}

function AtAGlanceTable({ rows }: { rows: readonly Glance[] }) {
  return (
    <Table caption="Every way to get credit" className="max-sm:hidden">
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
