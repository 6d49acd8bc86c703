import { Instant } from "@/components/instant";
import { instantText } from "@/components/instant-text";
import { Money } from "@/components/money";
import { Button } from "@/components/ui/button";
import { Fact, Facts } from "@/components/ui/facts";
import { Field } from "@/components/ui/field";
import { FigureLine } from "@/components/ui/figure-line";
import { Link } from "@/components/ui/link";
import type { AsOfView } from "./as-of-view";

/** Exact decimal dollars. */
interface Held {
  spendable: string;
  promo: string;
  earned: string;
  market: string;
  paid: string;
  arrears: string;
  promoHeld: string;
  pending: string;
  debt: string;
  /** The last posting that counts; null where there was none. */
  seq: string | null;
  /** When the first one came, ISO 8601; known where there was none yet. */
  began: string | null;
}

/** Asks for an instant by address alone. */
export function AsOfForm({ view: { day, time, errors } }: { view: AsOfView }) {
  return (
    <form method="get" action="/statement" className="flex flex-wrap items-start gap-3">
      <Field label="Day" name="day" type="date" required defaultValue={day} error={errors.day} />
      <Field label="Time, UTC" name="time" type="time" step={1} defaultValue={time} error={errors.time} />
      <Button type="submit" className="mt-6">
        Show
      </Button>
      <p className="basis-full text-muted text-sm">Without a time: at the end of that day.</p>
    </form>
  );
}

/** What there was then, by bucket. */
export function AsOfAnswer({ view: { day, time }, held }: { view: AsOfView; held: Held }) {
  const when =
    time === "" ? `At the end of ${instantText(day, "day")}` : `On ${instantText(day, "day")} at ${time} UTC`;
  const rare = [
    { term: "Bonus held, not spendable yet", amount: held.promoHeld },
    { term: "Earned, waiting for a gate", amount: held.pending },
    { term: "Arrears", amount: held.arrears },
    { term: "Debt", amount: held.debt },
  ].filter(({ amount }) => amount !== "0");
  return (
    <div className="mt-5 grid items-start gap-x-10 gap-y-4 lg:grid-cols-2">
      <FigureLine
        label={when}
        note={
          held.seq === null ? (
            <>
              Nothing had been posted yet
              {held.began && (
                <>
                  ; your books begin on <Instant at={held.began} />
                </>
              )}
              .
            </>
          ) : (
            <>
              Everything up to{" "}
              <Link className="link" href={`/statement/${held.seq}`}>
                posting {held.seq}
              </Link>
              , added up from the ledger to the nano-dollar.
            </>
          )
        }
      >
        <Money amount={held.spendable} size="xl" />
      </FigureLine>
      <Facts>
        <Fact term="Promo">
          <Money amount={held.promo} />
        </Fact>
        <Fact term="Earned">
          <Money amount={held.earned} />
        </Fact>
        {held.market !== "0" && (
          <Fact term="Bought">
            <Money amount={held.market} />
          </Fact>
        )}
        <Fact term="Paid in advance">
          <Money amount={held.paid} />
        </Fact>
        {rare.map(({ term, amount }) => (
          <Fact key={term} term={term}>
            <Money amount={amount} />
          </Fact>
        ))}
      </Facts>
    </div>
  );
}
