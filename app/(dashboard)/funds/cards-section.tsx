import { randomUUID } from "node:crypto";
import { CardList } from "@/components/funds/card-list";
import { Section } from "@/components/ui/section";
import { cardsOf } from "@/lib/queries/cards";
import { requireAccount } from "@/lib/session/current-account";
import { addCard, removeOwnCard } from "./card-actions";

/** The cards on file, the way to add one and to take one off. */
export async function CardsSection() {
  const cards = await cardsOf(await requireAccount());
  return (
    <Section
      id="cards"
      title="Cards"
      lead="Kept by the payment provider; we know a card by its last four digits and nothing else."
    >
      <CardList cards={cards} add={addCard} remove={removeOwnCard} attempt={randomUUID()} />
    </Section>
  );
}
