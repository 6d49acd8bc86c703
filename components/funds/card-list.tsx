"use client";

import { useActionState } from "react";
import { Badge } from "@/components/ui/badge";
import { FormMessage } from "@/components/ui/form-message";
import { SubmitButton } from "@/components/ui/submit-button";
import { cardName, expiryText } from "./card-name";
import { type FundsAction, type FundsState, unsent } from "./form-shape";

interface CardListProps {
  cards: readonly {
    id: string;
    brand: string;
    last4: string;
    expiryMonth: number;
    expiryYear: number;
    expired: boolean;
  }[];
  remove: FundsAction<FundsState>;
  add: FundsAction<FundsState>;
  /** Names this showing of the form, so that sending it twice opens one page. */
  attempt: string;
}

/** The cards on file, each with the way to take it off: opened first, so that no slip of the hand does. */
export function CardList({ cards, remove, add, attempt }: CardListProps) {
  const [removed, sendRemove] = useActionState(remove, unsent);
  const [added, sendAdd] = useActionState(add, unsent);
  return (
    <div className="grid max-w-xl gap-4">
      <FormMessage state={removed} />
      {cards.length === 0 ? (
        <p className="text-muted text-sm">
          None yet. With a card on file, work may start before the first deposit, and your balance can top itself up.
        </p>
      ) : (
        <ul aria-label="Cards on file, the latest first" className="border-line border-t text-sm">
          {cards.map((card) => (
            <li
              key={card.id}
              className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 border-line border-b py-2"
            >
              <div>
                <p className="font-medium">
                  {cardName(card)} {card.expired && <Badge tone="warn">Expired</Badge>}
                </p>
                <p className="text-muted">
                  {card.expired ? "expired" : "expires"} {expiryText(card)}
                </p>
              </div>
              <details className="sm:text-right">
                <summary className="link w-fit cursor-pointer sm:ml-auto">
                  Remove<span className="sr-only"> {cardName(card)}</span>
                </summary>
                <form action={sendRemove} className="mt-2 grid justify-items-start gap-2 sm:justify-items-end">
                  <input type="hidden" name="card" value={card.id} />
                  <p className="text-muted">It is charged no more, here and at the payment provider.</p>
                  <SubmitButton look="danger" small pending="Removing…">
                    Remove this card
                  </SubmitButton>
                </form>
              </details>
            </li>
          ))}
        </ul>
      )}
      <form action={sendAdd} className="grid gap-3">
        <input type="hidden" name="attempt" value={attempt} />
        <FormMessage state={added} />
        <div>
          <SubmitButton look="secondary" pending="Opening the card page…">
            Add a card
          </SubmitButton>
        </div>
      </form>
    </div>
  );
}
