import type { ReactNode } from "react";
import type { ShownLasting, ShownPace } from "@/components/forecast/forecast";
import { Lasting } from "@/components/forecast/lasting";
import { Instant } from "@/components/instant";
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

/** Exact decimal dollars, instants in ISO 8601; soonest first. */
interface Ahead {
  expiring: readonly { bucket: string; amount: string; at: string }[];
  releases: readonly { amount: string; at: string }[];
}

/** Dates named below a part of the balance; those behind them are in the statement. */
const DATES_SHOWN = 3;

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
  { key: "promoHeld", term: "On hold", note: "Posted, and not spendable yet." },
  { key: "debt", term: "Taken back", note: "Bonus credit you had spent already. New bonuses settle it first." },
];

interface BalanceProps {
  wallet: Wallet;
  ahead: Ahead;
  /** Null where there is nothing to last. */
  forecast: { paces: readonly ShownPace[]; lasts: ShownLasting | null } | null;
}

/** What can be spent, as large as it deserves, and what it is made of. */
export function Balance({ wallet, ahead, forecast }: BalanceProps) {
  return (
    <div>
      <FigureLine label="Available credit">
        <LiveMoney
          amount={wallet.available}
          className="font-semibold text-5xl tracking-tight no-underline sm:text-6xl"
        />
      </FigureLine>
      {forecast && <Lasting {...forecast} />}
      <Facts className="mt-4">
        {parts
          .filter(({ key, always }) => always || wallet[key] !== "0")
          .map(({ key, term, note, taken }) => (
            <Fact
              key={key}
              term={term}
              note={
                <Dated words="expires" dates={ahead.expiring.filter(({ bucket }) => bucket === key)}>
                  {note}
                </Dated>
              }
            >
              {taken && "−"}
              <LiveMoney amount={wallet[key]} className="font-medium text-base" />
            </Fact>
          ))}
        {besides
          .filter(({ key }) => wallet[key] !== "0")
          .map(({ key, term, note }) => (
            <Fact
              key={key}
              term={term}
              note={
                <Dated words="can be spent from" dates={key === "promoHeld" ? ahead.releases : []}>
                  {note} Not part of what is available.
                </Dated>
              }
            >
              <Money amount={wallet[key]} className="font-medium text-base" />
            </Fact>
          ))}
      </Facts>
    </div>
  );
}

/** What a part of the balance is, and below it what will become of it when. */
function Dated({ words, dates, children }: { words: string; dates: Ahead["releases"]; children: ReactNode }) {
  const more = dates.length - DATES_SHOWN;
  return (
    <>
      {children}
      {dates.slice(0, DATES_SHOWN).map(({ amount, at }, index) => (
        // Two of the same amount may end at the same instant.
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
        <span key={index} className="block text-ink">
          <Money amount={amount} /> {words} <Instant at={at} />
        </span>
      ))}
      {more > 0 && <span className="block text-ink">and {more} more later</span>}
    </>
  );
}
