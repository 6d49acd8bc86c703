import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import type { UsageView } from "./usage-view";

interface PeriodFormProps {
  view: UsageView;
  /** The days shown now, YYYY-MM-DD. */
  from: string;
  to: string;
}

/** Any period, day by day: the answer is the same screen at another address. */
export function PeriodForm({ view, from, to }: PeriodFormProps) {
  return (
    <details className="text-sm" open={view.period.kind !== "days"}>
      <summary className="w-fit text-muted hover:text-ink">Other days</summary>
      <form method="get" action="/usage" className="mt-2 flex flex-wrap items-end gap-3">
        <input type="hidden" name="by" value={view.by} />
        {Object.entries(view.filters).map(([dimension, name]) => (
          <input key={dimension} type="hidden" name={dimension} value={name} />
        ))}
        <Field label="From" name="from" type="date" required defaultValue={from} />
        <Field label="To, included" name="to" type="date" required defaultValue={to} />
        <Button type="submit">Show</Button>
      </form>
    </details>
  );
}
