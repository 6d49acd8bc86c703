import { Instant } from "@/components/instant";
import { Link } from "@/components/ui/link";
import { PlainMoney } from "./plain-money";

interface ReleaseListProps {
  releases: readonly {
    seq: string;
    /** ISO 8601 */
    at: string;
    program: string;
    /** Exact decimal dollars. */
    gained: string;
    released: string;
  }[];
  /** What was posted: "Commission". */
  what: string;
}

/** The newest postings of what was earned, each with the way to what it comes of. */
export function ReleaseList({ releases, what }: ReleaseListProps) {
  return (
    <ul className="grid gap-1 text-sm">
      {releases.map(({ seq, at, program, gained, released }) => (
        <li key={seq} className="flex flex-wrap items-baseline gap-x-3">
          <Link className="link" href={`/statement/${seq}`}>
            <span className="sr-only">Why this cent: {what} of </span>
            <Instant at={at} precision="second" />
          </Link>
          <span>
            <PlainMoney amount={gained} />
            {released !== "0" && (
              <>
                , and <PlainMoney amount={released} /> released from pending
              </>
            )}
          </span>
          <span className="text-muted">{program}</span>
        </li>
      ))}
    </ul>
  );
}
