import { Money } from "@/components/money";
import { Fact, Facts } from "@/components/ui/facts";
import { Link } from "@/components/ui/link";

interface ContextFactsProps {
  context: {
    account: string;
    page: string | null;
    balance: { promo: string; earned: string; paid: string; arrears: string };
    latest: readonly string[];
  };
  /** Whether each posting leads to its page, for whose account it is. */
  linked?: boolean;
}

/** What goes along with a question. */
export function ContextFacts({ context: { account, page, balance, latest }, linked = false }: ContextFactsProps) {
  return (
    <Facts>
      <Fact term="Account">
        <span className="break-all">{account}</span>
      </Fact>
      {page !== null && (
        <Fact term="Page">
          <span className="break-all">{page}</span>
        </Fact>
      )}
      <Fact term="Promo credit">
        <Money amount={balance.promo} />
      </Fact>
      <Fact term="Earned credit">
        <Money amount={balance.earned} />
      </Fact>
      <Fact term="Prepaid">
        <Money amount={balance.paid} />
      </Fact>
      {balance.arrears !== "0" && (
        <Fact term="Arrears">
          <Money amount={balance.arrears} />
        </Fact>
      )}
      <Fact term="Latest entries">
        {latest.length === 0 && "none"}
        {latest.map((seq, index) => (
          <span key={seq}>
            {index > 0 && ", "}
            {linked ? (
              <Link href={`/statement/${seq}`} className="link">
                {seq}
              </Link>
            ) : (
              seq
            )}
          </span>
        ))}
      </Fact>
    </Facts>
  );
}
