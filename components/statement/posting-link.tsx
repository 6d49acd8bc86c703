import { Link } from "@/components/ui/link";

/** From an amount on a screen to the posting that moved it. */
export function PostingLink({ seq, what }: { seq: string; what: string }) {
  return (
    <p className="text-sm">
      <Link className="link" href={`/statement/${seq}`}>
        Why this cent: the posting of {what}
      </Link>
    </p>
  );
}
