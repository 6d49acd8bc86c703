import { type ReactNode, useId } from "react";

interface CalculatorProps {
  title: string;
  /** The fields. */
  children: ReactNode;
  /** The number people came for. */
  result: ReactNode;
  /** How it came about. */
  note: ReactNode;
}

/** Fields above, the number they make below; the number is announced as it changes. */
export function Calculator({ title, children, result, note }: CalculatorProps) {
  const id = useId();
  return (
    <form
      aria-labelledby={id}
      onSubmit={(event) => event.preventDefault()}
      className="grid min-w-0 content-start gap-4 rounded-sm border border-line p-4 lg:row-span-3 lg:grid-rows-subgrid"
    >
      <h3 id={id} className="font-semibold">
        {title}
      </h3>
      <div className="grid content-start gap-3">
        {children}
        <noscript>
          <p className="text-muted text-sm">Without scripts the example below stands as it is.</p>
        </noscript>
      </div>
      <div className="border-line border-t pt-3">
        <output aria-live="polite" className="block font-semibold text-3xl tracking-tight">
          {result}
        </output>
        <p className="mt-1 text-muted text-sm">{note}</p>
      </div>
    </form>
  );
}
