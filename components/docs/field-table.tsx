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
          <Th className="w-2/5 sm:w-1/3 lg:w-1/4">Field</Th>
          <Th>What it is</Th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ name, type, bounds, required, description }) => (
          <tr key={name}>
            <Th scope="row" className="align-baseline font-normal">
              <code className="font-mono text-[0.9em] [overflow-wrap:anywhere]">{name}</code>
              {ofRequest && required && <span className="block text-muted text-xs">required</span>}
            </Th>
            <Td className="[overflow-wrap:anywhere]">
              <span className="text-muted">{[type, ...bounds].join(", ")}</span>
              {description && (
                <span className="block max-w-prose">
                  <Prose>{description}</Prose>
                </span>
              )}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
