import { Badge } from "@/components/ui/badge";
import type { TemplateGate } from "./template";

/** Whether what a template earns is the creator's to spend yet. */
export function RoyaltyState({ gate }: { gate: TemplateGate }) {
  if (gate.metAt !== null) return <Badge tone="good">Released</Badge>;
  return <Badge tone="wait">{gate.isMet ? "About to be released" : "Pending"}</Badge>;
}
