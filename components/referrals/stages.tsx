const stages = [
  { key: "followed", label: "Link followed", meaning: "times" },
  { key: "signedUp", label: "Signed up", meaning: "opened an account by it" },
  { key: "spending", label: "Spending", meaning: "used some prepaid credit" },
  { key: "qualified", label: "Qualified", meaning: "reached the bonus for both of you" },
] as const;

const grouped = (count: number): string => count.toLocaleString("en-US");

/** How far people came, from the link to the bonus. */
export function Stages({ counts }: { counts: Readonly<Record<(typeof stages)[number]["key"], number>> }) {
  return (
    <ol className="grid grid-cols-2 border-line border-y sm:grid-cols-4">
      {stages.map(({ key, label, meaning }) => (
        <li
          key={key}
          className="border-line px-3 py-3 even:border-l max-sm:[&:nth-child(n+3)]:border-t sm:[&:nth-child(n+2)]:border-l sm:first:pl-0"
        >
          <p className="text-muted text-sm">{label}</p>
          <p className="font-semibold text-2xl leading-tight tracking-tight">{grouped(counts[key])}</p>
          <p className="text-muted text-xs">{meaning}</p>
        </li>
      ))}
    </ol>
  );
}
