import { Link } from "@/components/ui/link";
import { type UsageView, usageDimensions, usageHref, usageName, withoutName } from "./usage-view";

/** The names a view is narrowed to, each to be taken away again. */
export function ActiveFilters({ view }: { view: UsageView }) {
  const active = usageDimensions.flatMap(({ by, label }) => {
    const name = view.filters[by];
    return name === undefined ? [] : [{ by, label, name: usageName(by, name) }];
  });
  if (active.length === 0) return null;
  return (
    <ul aria-label="Only" className="flex flex-wrap gap-2 text-sm">
      {active.map(({ by, label, name }) => (
        <li key={by} className="flex min-w-0 items-center gap-2 border border-edge py-1 pr-1 pl-3">
          <span className="min-w-0 break-all">
            <span className="text-muted">{label}</span> {name}
          </span>
          <Link
            href={usageHref(withoutName(view, by))}
            className="px-2 py-0.5 hover:bg-sunken"
            aria-label={`Not only ${label} ${name}`}
          >
            ×
          </Link>
        </li>
      ))}
    </ul>
  );
}
