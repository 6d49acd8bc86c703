interface TipProps {
  day: string;
  rows: readonly { label: string; value: string }[];
}

/** What pointing at a day shows: the exact figures. */
export function Tip({ day, rows }: TipProps) {
  return (
    <div className="border border-edge bg-raised px-3 py-2 text-ink text-sm">
      <p className="font-medium">{day}</p>
      {rows.map(({ label, value }) => (
        <p key={label} className="flex justify-between gap-4">
          <span className="text-muted">{label}</span> {value}
        </p>
      ))}
    </div>
  );
}
