import { Instant } from "@/components/instant";
import { Money } from "@/components/money";
import { Digest } from "@/components/ui/digest";
import { Link } from "@/components/ui/link";
import { EntryTable } from "./entry-table";
import { PlainMoney } from "./plain-money";
import type { ShownPosting } from "./posting";
import { PostingSources, postingTitle } from "./posting-text";

const FIGURE = "whitespace-nowrap pt-2 pl-4 text-right align-top";

/**
 * One posting of a statement, a group of two rows: what happened, what it changed and what it left; below, which credit
 * it moved, and on demand the ledger entries, over the whole width so that they fit a narrow screen.
 */
export function PostingRows({ posting }: { posting: ShownPosting }) {
  const { at, change, spendableAfter, arrearsAfter } = posting;
  return (
    <tbody className="border-line border-b">
      <tr>
        <th scope="row" className="pt-2 text-left font-normal">
          <div className="gap-x-6 lg:grid lg:grid-cols-[11rem_minmax(0,1fr)]">
            <p className="text-muted text-xs lg:text-sm">
              <Instant at={at} precision="second" />
            </p>
            <p className="break-words font-medium">{postingTitle(posting)}</p>
          </div>
        </th>
        <td className={FIGURE}>
          {change.startsWith("-") || change === "0" ? "" : "+"}
          <PlainMoney amount={change} />
        </td>
        <td className={FIGURE}>
          <Money amount={spendableAfter} />
          {arrearsAfter !== "0" && (
            <span className="block text-warning text-xs">
              <Money amount={arrearsAfter} /> arrears
            </span>
          )}
        </td>
      </tr>
      <tr>
        <td colSpan={3} className="pb-2 lg:pl-[12.5rem]">
          <details>
            <summary className="w-fit text-muted hover:text-ink">
              <PostingSources {...posting} />
              <span className="sr-only">, ledger entries</span>
            </summary>
            <div className="mt-1 mb-2 grid max-w-2xl gap-2">
              <EntryTable seq={posting.seq} entries={posting.entries} />
              <Source {...posting} />
            </div>
          </details>
        </td>
      </tr>
    </tbody>
  );
}

/** Where a posting came from. */
function Source({ seq, cause, explains }: ShownPosting) {
  return (
    <p className="text-muted text-xs">
      <Link className="link" href={`/statement/${seq}`}>
        Why this cent
        <span className="sr-only"> of posting {seq}</span>
      </Link>
      : posting {seq}, cause <Digest>{cause}</Digest>
      {explains.endedAt && (
        <>
          ; the usage ended <Instant at={explains.endedAt} precision="millisecond" />
        </>
      )}
      {explains.draw && (
        <>
          ;{" "}
          <Link className="link" href={`/bonus/${explains.draw}`}>
            check this draw
          </Link>
        </>
      )}
    </p>
  );
}
