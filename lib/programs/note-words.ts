import type { Trigger } from "./account";
import { bonusBounds, dollarsPlain, onService, sentenceCase } from "./phrases";
import type { Bonus } from "./terms";

/** A bonus that is not drawn yet, in the few words of a note. */
export interface NoteWords {
  /** "a random bonus" */
  what: string;
  /** "A random bonus for $10 spent" */
  title: string;
  /** From the least to the most, on one line: "$5 – $500"; one amount where it can be no other. */
  worth: string;
  /** The same as it is read aloud: "$5 to $500". */
  spoken: string;
}

/** What is written on the note of a bonus: the range of the terms, for its trigger is nothing that anybody gets. */
export function noteWords({ trigger, bonus }: { trigger: Trigger; bonus: Bonus }): NoteWords {
  const { least, most } = bonusBounds(bonus);
  const what = bonus.kind === "draw" ? "a random bonus" : "a bonus";
  const reached = trigger.kind === "spend" ? `spent${onService(trigger)}` : "paid in";
  const ends = [...new Set([least, most])].map(dollarsPlain);
  return {
    what,
    title: `${sentenceCase(what)} for ${dollarsPlain(trigger.amount)} ${reached}`,
    worth: ends.join("\u00a0–\u00a0"),
    spoken: ends.join(" to "),
  };
}
