import { cardName } from "@/components/funds/card-name";
import { TopUpForm } from "@/components/funds/top-up-form";
import { Instant } from "@/components/instant";
import { Money } from "@/components/money";
import { Section } from "@/components/ui/section";
import { cardsOf } from "@/lib/queries/cards";
import { type AutoTopUpView, autoTopUpOf, latestTopUpOf, type TopUpView } from "@/lib/queries/top-ups";
import { requireAccount } from "@/lib/session/current-account";
import { changeTopUp } from "./top-up-actions";

const fresh = { threshold: "10", mode: "amount", amount: "25", monthMax: "100", cardId: null } as const;

/** Automatic top-up: what was set, how it goes, and the way to change it. */
export async function TopUpSection() {
  const account = await requireAccount();
  const [settings, cards, latest] = await Promise.all([autoTopUpOf(account), cardsOf(account), latestTopUpOf(account)]);
  const { threshold, mode, amount, monthMax, cardId } = settings ?? fresh;
  const usable = cards.filter(({ expired }) => !expired);
  const isOn = settings?.state === "on";
  return (
    <Section
      id="top-up"
      title="Automatic top-up"
      lead="Your card is charged when your credit runs low, so that work does not stop."
    >
      <div className="grid gap-4">
        {settings && <TopUpStateLine settings={settings} />}
        {latest && <LatestTopUp topUp={latest} />}
        {usable.length === 0 && !isOn ? (
          <p className="text-muted text-sm">Save a card above first: it is what is charged.</p>
        ) : (
          <TopUpForm
            action={changeTopUp}
            isOn={isOn}
            typed={{ threshold, mode, amount, monthMax, card: cardId ?? "" }}
            cards={usable.map((card) => ({ id: card.id, name: cardName(card) }))}
          />
        )}
      </div>
    </Section>
  );
}

function TopUpStateLine({ settings: { state, chargedThisMonth, monthMax } }: { settings: AutoTopUpView }) {
  const words = { on: "It is on.", off: "It is off.", suspended: "It is suspended." };
  return (
    <p className="text-sm">
      <span className="font-medium">{words[state]}</span>{" "}
      {state === "on" && (
        <>
          <Money amount={chargedThisMonth} /> of <Money amount={monthMax} /> are charged this month.
        </>
      )}
    </p>
  );
}

function LatestTopUp({ topUp: { amount, state, reason, begunAt } }: { topUp: TopUpView }) {
  const became = {
    begun: "is under way.",
    waiting: "is on its way.",
    asked: "waits for you to confirm it.",
    paid: "is in your balance.",
    failed: `came to nothing. ${reason ?? ""}`,
  };
  return (
    <p className="text-muted text-sm">
      The latest, <Money amount={amount} /> on <Instant at={begunAt} precision="minute" />, {became[state]}
    </p>
  );
}
