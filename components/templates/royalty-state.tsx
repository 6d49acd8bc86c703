import { Badge } from "@/components/ui/badge";
import type { TemplateGate } from "./template";

/** Whether what a template earns is the creator's to spend yet. */
export function RoyaltyState({ gate }: { gate: TemplateGate }) {
  return gate.metAt === null ? <Badge tone="wait">Pending</Badge> : <Badge tone="good">Released</Badge>;
}
