import { Instant } from "@/components/instant";
import { PlainMoney } from "@/components/statement/plain-money";
import { postingTitle } from "@/components/statement/posting-text";
import { Link } from "@/components/ui/link";
import { Table, Td, Th } from "@/components/ui/table";

interface PaidByProps {
  /** Exact decimal dollars. */
  parts: readonly {
    bucket: string;
    amount: string;
    lots: readonly {
      amount: string;
      /** Null where no money has come for it yet. */
      lot: { seq: string; kind: string; cause: string; at: string; explains: Readonly<Record<string, string>> } | null;
    }[];
  }[];
}

const LOTS_SHOWN = 20;

/** Which credit paid a charge, bucket by bucket: each part leads to the posting it came by. */
export function PaidBy({ parts }: PaidByProps) {
  return (
    <Table caption="The credit that paid, in the order it is drawn">
      <thead>
        <tr>
          <Th>Bucket</Th>
          <Th>Came by</Th>
          <Th numeric>Paid</Th>
        </tr>
      </thead>
      <tbody>
        {parts.flatMap(({ bucket, lots }) => {
          const shown = lots.slice(0, LOTS_SHOWN);
          return [
            ...shown.map(({ lot, amount }) => (
              <tr key={`${bucket} ${lot?.seq ?? ""}`}>
                <Th scope="row" className="font-normal">
                  {bucket}
                </Th>
                <Td>
                  {lot === null ? (
                    "nothing yet: the next deposit pays it"
                  ) : (
                    <>
                      <Link className="link" href={`/statement/${lot.seq}`}>
                        {postingTitle(lot)}
                      </Link>{" "}
                      <span className="text-muted">
                        <Instant at={lot.at} />
                      </span>
                    </>
                  )}
                </Td>
                <Td numeric>
                  <PlainMoney amount={amount} />
                </Td>
              </tr>
            )),
            lots.length > shown.length && (
              <tr key={`${bucket} others`}>
                <Th scope="row" className="font-normal">
                  {bucket}
                </Th>
                <Td>and {lots.length - shown.length} more postings</Td>
                <Td />
              </tr>
            ),
          ];
        })}
      </tbody>
    </Table>
  );
}
