interface TipProps {
  /** What the bar stands for. */
  title: string;
  rows: readonly { label: string; value: string }[];
}

/** What pointing at a bar, or going to it by keyboard, shows and reads aloud: the exact figures. */
export function Tip({ title, rows }: TipProps) {
  return (
    <div role="status" className="border border-edge bg-raised px-3 py-2 text-ink text-sm">
      <p className="font-medium">{title}</p>
      {rows.map(({ label, value }) => (
        <p key={label} className="flex justify-between gap-4">
          <span className="text-muted">{label}</span> {value}
        </p>
      ))}
    </div>
  );
}
