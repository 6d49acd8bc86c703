import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tone";
import type { ShownCondition } from "@/lib/programs/checklist-text";
import { type Audience, conditionWords } from "./condition-words";

const marks: Record<ShownCondition["state"], { label: string; tone: Tone }> = {
  met: { label: "Met", tone: "plain" },
  not_yet: { label: "Not yet", tone: "wait" },
  failed: { label: "Failed", tone: "warn" },
};

interface ChecklistProps {
  conditions: readonly ShownCondition[];
  audience: Audience;
}

/** Every condition of a reward, in the order they are judged: met or not, what it means, what to do. */
export function Checklist({ conditions, audience }: ChecklistProps) {
  return (
    <ol className="grid max-w-prose gap-2 text-sm">
      {conditions.map((condition) => {
        const { title, meaning } = conditionWords(condition, audience);
        const { label, tone } = marks[condition.state];
        return (
          <li key={condition.name} className="grid grid-cols-[4.5rem_minmax(0,1fr)] items-baseline gap-x-2">
            <span>
              <Badge tone={tone}>{label}</Badge>
            </span>
            <span>
              <span className="font-medium">{title}.</span> <span className="text-muted">{meaning}</span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}
