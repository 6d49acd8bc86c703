import { Instant } from "@/components/instant";
import { PlainMoney } from "@/components/statement/plain-money";
import type { PostingToTell } from "@/components/statement/posting";
import { PostingSources, postingTitle } from "@/components/statement/posting-text";

interface LatestPosting extends PostingToTell {
  /** Its number in the account's books. */
  seq: string;
  /** ISO 8601 */
  at: string;
  /** What it did to spendable credit, exact decimal dollars. */
  change: string;
}

/** The newest postings of an account, in the words of its statement. */
export function LatestEntries({ postings }: { postings: readonly LatestPosting[] }) {
  return (
    <ul className="text-sm">
      {postings.map((posting) => (
        <li key={posting.seq} className="border-line border-b py-2 first:pt-0">
          <div className="flex items-baseline justify-between gap-x-4">
            <p className="min-w-0 break-words font-medium">{postingTitle(posting)}</p>
            <SignedMoney amount={posting.change} />
          </div>
          <p className="text-muted text-xs">
            <Instant at={posting.at} precision="second" />, <PostingSources {...posting} />
          </p>
        </li>
      ))}
    </ul>
  );
}

function SignedMoney({ amount }: { amount: string }) {
  const gain = amount !== "0" && !amount.startsWith("-");
  return (
    <span className={gain ? "shrink-0 font-medium text-accent" : "shrink-0 font-medium"}>
      {gain && "+"}
      <PlainMoney amount={amount} />
    </span>
  );
}
