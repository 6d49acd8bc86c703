import { Table, Td, Th } from "@/components/ui/table";
import type { CallField } from "./call";
import { Prose } from "./prose";

interface FieldTableProps {
  caption: string;
  fields: readonly CallField[];
  /** Requests say what must be sent; answers have all they name. */
  ofRequest: boolean;
}

/** Fields with their type, bounds and meaning. */
export function FieldTable({ caption, fields, ofRequest }: FieldTableProps) {
  return (
    <Table caption={caption}>
      <thead>
        <tr>
          <Th>Field</Th>
          <Th>Type</Th>
          <Th>Meaning</Th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ name, type, bounds, required, description }) => (
          <tr key={name}>
            <Th scope="row" className="min-w-36 align-baseline font-normal">
              <code className="break-words font-mono text-[0.9em]">{name}</code>
              {ofRequest && required && <span className="block text-muted text-xs">required</span>}
            </Th>
            <Td className="min-w-32">
              {type}
              {bounds.map((bound) => (
                <span key={bound} className="block break-words text-muted text-xs">
                  {bound}
                </span>
              ))}
            </Td>
            <Td className="min-w-48">{description && <Prose>{description}</Prose>}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
