import { Instant } from "./instant";
import { Money } from "./money";
import { Note } from "./note";

interface BonusNoteProps {
  /** Exact decimal dollars. */
  amount: string;
  /** The draw's randomness, 64 hex digits: the engraving is made from it. */
  randomness: string;
  /** When it was drawn, ISO 8601. */
  drawnAt: string;
  title?: string;
}

/** The bonus that was drawn, on a note engraved from its own randomness. */
export function BonusNote({ amount, randomness, drawnAt, title = "Your bonus" }: BonusNoteProps) {
  return (
    <Note
      seed={randomness}
      title={title}
      foot={
        <>
          Drawn <Instant at={drawnAt} precision="day" />, engraved from {randomness.slice(0, 8)}…
        </>
      }
    >
      <Money amount={amount} />
    </Note>
  );
}
