import { Instant } from "@/components/instant";
import { PlainMoney } from "@/components/statement/plain-money";
import { Fact, Facts } from "@/components/ui/facts";

interface CreditLotsProps {
  /** Exact decimal dollars. */
  lots: readonly {
    bucket: string;
    amount: string;
    spent: string;
    takenBack: string;
    expired: string;
    left: string;
    /** ISO 8601; null where it never does. */
    expiresAt: string | null;
  }[];
}

/** What has become of the credit that came by a posting. */
export function CreditLots({ lots }: CreditLotsProps) {
  return (
    <div className="grid max-w-xl gap-4">
      {lots.map(({ bucket, amount, spent, takenBack, expired, left, expiresAt }) => (
        <Facts key={bucket}>
          <Fact term={`Came to ${bucket}`}>
            <PlainMoney amount={amount} />
          </Fact>
          <Fact term="Paid for usage so far" note="What expires soonest pays first, then the oldest.">
            <PlainMoney amount={spent} />
          </Fact>
          {takenBack !== "0" && (
            <Fact term="Taken back">
              <PlainMoney amount={takenBack} />
            </Fact>
          )}
          {expired !== "0" && (
            <Fact term="Expired unspent">
              <PlainMoney amount={expired} />
            </Fact>
          )}
          <Fact
            term="Left"
            note={
              expiresAt !== null &&
              left !== "0" && (
                <>
                  Expires <Instant at={expiresAt} />.
                </>
              )
            }
          >
            <PlainMoney amount={left} />
          </Fact>
        </Facts>
      ))}
    </div>
  );
}
