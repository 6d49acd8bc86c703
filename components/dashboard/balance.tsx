import { LiveMoney } from "@/components/live-money";
import { Money } from "@/components/money";
import { Fact, Facts } from "@/components/ui/facts";
import { FigureLine } from "@/components/ui/figure-line";

/** Exact decimal dollars. */
interface Wallet {
  available: string;
  promo: string;
  promoHeld: string;
  earned: string;
  market: string;
  paid: string;
  arrears: string;
  debt: string;
  reserved: string;
}

/** What each part of the balance is. Those that only some accounts ever have appear when there is something in them. */
const parts: readonly { key: keyof Wallet; term: string; note: string; always: boolean; taken: boolean }[] = [
  { key: "promo", term: "Promo", note: "Bonuses and gifts. Used first.", always: true, taken: false },
  { key: "earned", term: "Earned", note: "Commission and royalties. Used next.", always: true, taken: false },
  { key: "market", term: "Market", note: "Bought from others. Used before paid credit.", always: false, taken: false },
  { key: "paid", term: "Paid", note: "What you paid in. Used last.", always: true, taken: false },
  {
    key: "arrears",
    term: "Arrears",
    note: "Usage beyond your balance.",
    always: false,
    taken: true,
  },
  { key: "reserved", term: "Reserved", note: "Held for work that runs now.", always: false, taken: true },
];

const besides: readonly { key: keyof Wallet; term: string; note: string }[] = [
  { key: "promoHeld", term: "Promo on hold", note: "Drawn, and not spendable yet." },
  { key: "debt", term: "Taken back", note: "Bonus credit you had spent already. New bonuses settle it first." },
];

/** What can be spent, as large as it deserves, and what it is made of. */
export function Balance({ wallet }: { wallet: Wallet }) {
  return (
    <div>
      <FigureLine label="Available credit">
        <LiveMoney
          amount={wallet.available}
          className="font-semibold text-5xl tracking-tight no-underline sm:text-6xl"
        />
      </FigureLine>
      <Facts className="mt-4">
        {parts
          .filter(({ key, always }) => always || wallet[key] !== "0")
          .map(({ key, term, note, taken }) => (
            <Fact key={key} term={term} note={note}>
              {taken && "−"}
              <LiveMoney amount={wallet[key]} className="font-medium text-base" />
            </Fact>
          ))}
        {besides
          .filter(({ key }) => wallet[key] !== "0")
          .map(({ key, term, note }) => (
            <Fact key={key} term={term} note={`${note} Not part of what is available.`}>
              <Money amount={wallet[key]} className="font-medium text-base" />
            </Fact>
          ))}
      </Facts>
    </div>
  );
}
