import { type BonusTerms, qualifiedWords } from "./bonus-terms";

const stages = [
  { key: "followed", label: "Link followed", meaning: "browsers, each once" },
  { key: "signedUp", label: "Signed up", meaning: "opened an account by it" },
  { key: "spending", label: "Spending", meaning: "used some prepaid credit" },
  { key: "qualified", label: "Qualified", meaning: null },
  { key: "earning", label: "Earning", meaning: "qualified, and earned you commission" },
] as const;

/** Null where a step is not counted. */
type Counts = Readonly<Record<Exclude<(typeof stages)[number]["key"], "earning">, number> & { earning: number | null }>;

const grouped = (count: number): string => count.toLocaleString("en-US");

/** "41% of the step before"; nothing where that step counts fewer, as with accounts the platform brought. */
function rateText(count: number, before: number | undefined): string {
  if (before === undefined || before === 0 || count > before) return "";
  return `${Math.floor((count * 100) / before)}% of the step before`;
}

/** How far people came, from the link to what it earns, and how many of them from each step to the next. */
export function Stages({ counts, terms }: { counts: Counts; terms: BonusTerms }) {
  const shown = stages.flatMap(({ key, label, meaning }) => {
    const count = counts[key];
    return count === null ? [] : [{ label, meaning: meaning ?? qualifiedWords[terms], count }];
  });
  const most = Math.max(1, ...shown.map(({ count }) => count));
  return (
    <ol className="grid grid-cols-2 border-line border-y sm:grid-cols-5">
      {shown.map(({ label, meaning, count }, index) => {
        const rate = rateText(count, shown[index - 1]?.count);
        return (
          <li
            key={label}
            className="border-line px-3 py-3 max-sm:even:border-l max-sm:last:odd:col-span-2 max-sm:[&:nth-child(n+3)]:border-t sm:[&:nth-child(n+2)]:border-l sm:first:pl-0"
          >
            <p className="text-muted text-sm">{label}</p>
            <p className="font-semibold text-2xl leading-tight tracking-tight">{grouped(count)}</p>
            <svg
              aria-hidden="true"
              className="my-1 h-1 w-full text-accent"
              preserveAspectRatio="none"
              viewBox="0 0 100 1"
            >
              <rect width="100" height="1" className="fill-sunken" />
              <rect width={(count * 100) / most} height="1" fill="currentColor" />
            </svg>
            <p className="text-muted text-xs">{meaning}</p>
            <p className="text-xs">{rate}</p>
          </li>
        );
      })}
    </ol>
  );
}
