import { PlainMoney } from "@/components/statement/plain-money";
import { Fact, Facts } from "@/components/ui/facts";

interface CreditLotsProps {
  /** Exact decimal dollars. */
  lots: readonly { bucket: string; amount: string; spent: string; takenBack: string; left: string }[];
}

/** What has become of the credit that came by a posting. */
export function CreditLots({ lots }: CreditLotsProps) {
  return (
    <div className="grid max-w-xl gap-4">
      {lots.map(({ bucket, amount, spent, takenBack, left }) => (
        <Facts key={bucket}>
          <Fact term={`Came to ${bucket}`}>
            <PlainMoney amount={amount} />
          </Fact>
          <Fact term="Paid for usage so far" note="The oldest credit of a bucket pays first.">
            <PlainMoney amount={spent} />
          </Fact>
          {takenBack !== "0" && (
            <Fact term="Taken back">
              <PlainMoney amount={takenBack} />
            </Fact>
          )}
          <Fact term="Left">
            <PlainMoney amount={left} />
          </Fact>
        </Facts>
      ))}
    </div>
  );
}
