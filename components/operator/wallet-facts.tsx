import { Money } from "@/components/money";
import { Fact, Facts } from "@/components/ui/facts";

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
  deposited: string;
  charged: string;
}

const rows: readonly { key: keyof Wallet; term: string; always: boolean }[] = [
  { key: "available", term: "Available", always: true },
  { key: "promo", term: "Promo", always: true },
  { key: "promoHeld", term: "On hold", always: false },
  { key: "earned", term: "Earned", always: true },
  { key: "market", term: "Market", always: false },
  { key: "paid", term: "Paid", always: true },
  { key: "arrears", term: "Arrears", always: false },
  { key: "debt", term: "Debt", always: false },
  { key: "reserved", term: "Reserved", always: false },
  { key: "deposited", term: "Paid in, lifetime", always: true },
  { key: "charged", term: "Charged, lifetime", always: true },
];

/** Every number of a wallet; those that only some accounts have appear when there is something in them. */
export function WalletFacts({ wallet }: { wallet: Wallet }) {
  return (
    <Facts>
      {rows
        .filter(({ key, always }) => always || wallet[key] !== "0")
        .map(({ key, term }) => (
          <Fact key={key} term={term}>
            <Money amount={wallet[key]} className={key === "available" ? "font-semibold" : undefined} />
          </Fact>
        ))}
    </Facts>
  );
}
