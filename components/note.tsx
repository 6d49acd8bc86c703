import type { ReactNode } from "react";
import { NOTE_HEIGHT, NOTE_WIDTH, noteStrokes } from "./guilloche/note-strokes";
import { Strokes } from "./guilloche/strokes";

interface NoteProps {
  /** Hex digits the note is engraved from. */
  seed: string;
  /** What it is: "Bonus". */
  title: string;
  /** The amount, large. */
  children: ReactNode;
  /** Small print: a date, a number. */
  foot?: ReactNode;
}

/** An engraved note. Its line work is drawn from `seed` alone, so no two are alike and anyone can redraw one. */
export function Note({ seed, title, children, foot }: NoteProps) {
  const { ground, frame, rosettes } = noteStrokes(seed);
  return (
    <div className="@container relative aspect-[1000/425] w-full overflow-hidden border border-accent bg-raised text-accent">
      <svg
        aria-hidden="true"
        viewBox={`0 0 ${NOTE_WIDTH} ${NOTE_HEIGHT}`}
        className="engraving absolute inset-0 size-full"
      >
        <g className="note-ground opacity-30 [stroke-width:0.55]">
          <Strokes strokes={ground} />
        </g>
        <g className="note-frame [stroke-width:0.55]">
          <Strokes strokes={frame} />
        </g>
        <g className="note-seal">
          <Strokes strokes={rosettes} />
        </g>
      </svg>
      <div className="note-words absolute inset-y-0 left-0 flex w-[60%] flex-col justify-center gap-[1cqw] pl-[9cqw]">
        <p className="font-medium text-[max(0.75rem,2.6cqw)] leading-none">{title}</p>
        <p className="font-semibold text-[12cqw] text-ink leading-none tracking-tight">{children}</p>
        {foot && (
          <p className="max-w-[42cqw] text-[max(0.6875rem,1.9cqw)] text-muted leading-snug">
            {/* Paper behind each line, so that the small print is not read through waves. */}
            <span className="bg-raised box-decoration-clone pr-1">{foot}</span>
          </p>
        )}
      </div>
    </div>
  );
}
