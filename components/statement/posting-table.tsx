import { Table, Th } from "@/components/ui/table";
import type { ShownPosting } from "./posting";
import { PostingRows } from "./posting-rows";

/** Postings of a statement, newest first. */
export function PostingTable({ postings }: { postings: readonly ShownPosting[] }) {
  return (
    <Table caption="Postings, newest first, with the spendable credit each left">
      <thead>
        <tr>
          <Th>What happened</Th>
          <Th numeric className="pr-0">
            Change
          </Th>
          <Th numeric>Balance</Th>
        </tr>
      </thead>
      {postings.map((posting) => (
        <PostingRows key={posting.seq} posting={posting} />
      ))}
    </Table>
  );
}
