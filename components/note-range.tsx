import type { NoteWords } from "@/lib/programs/note-words";
import { worthSize } from "./worth-size";

/** Of a note's width, in per cent: from the words' edge to the seal, and the size of a bonus that was drawn. */
const NOTE = { room: 51, most: 12 };

/** On a note of a bonus that is not drawn yet: from what to what it can come, as large as fits. */
export function NoteRange({ worth, spoken }: Pick<NoteWords, "worth" | "spoken">) {
  return (
    <>
      <span aria-hidden="true" style={{ fontSize: `${worthSize(worth, NOTE)}cqw` }}>
        {worth}
      </span>
      <span className="sr-only">{spoken}</span>
    </>
  );
}
