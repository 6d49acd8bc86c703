import { classes } from "./classes";
import { Link } from "./link";

interface SegmentedLinksProps {
  /** What is being chosen: "Period". */
  label: string;
  items: readonly { href: string; label: string; current: boolean }[];
}

/** One view of a few, each with its own address: links, so that Back works and nothing needs script. */
export function SegmentedLinks({ label, items }: SegmentedLinksProps) {
  return (
    <nav aria-label={label} className="flex flex-wrap text-sm">
      {items.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          scroll={false}
          aria-current={item.current ? "true" : undefined}
          className={classes(
            "-ml-px inline-flex min-h-8 items-center border px-2 first:ml-0 min-[400px]:px-3 first:rounded-l-sm last:rounded-r-sm focus-visible:z-10",
            item.current
              ? "border-accent bg-accent font-medium text-on-accent"
              : "border-edge bg-raised hover:bg-accent-soft",
          )}
        >
          {item.label}
        </Link>
      ))}
    </nav>
  );
}
