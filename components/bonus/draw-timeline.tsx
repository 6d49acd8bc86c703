import type { ReactNode } from "react";
import { bonusWords } from "@/components/bonus-state";
import { Instant } from "@/components/instant";
import { classes } from "@/components/ui/classes";
import { isHeldForGood } from "@/lib/programs/suspicion";
import type { DrawShown } from "./draw";

const ABOUT_TO_BE_BOUND =
  "A round of the beacon that is not out yet is about to be fixed for this draw. That takes seconds.";

/** From the trigger to the amount: what happened when, and what is still to come. */
export function DrawTimeline({ draw }: { draw: DrawShown }) {
  const { state, side, heldReason, dueAt, boundAt, drawnAt, bound } = draw;
  const notBound = state === "due" || state === "held" || state === "queued";
  return (
    <ol className="max-w-prose">
      <Step title="Due" at={dueAt} done>
        {side === "own" ? "You" : "Somebody you referred"} reached the trigger. Only that was written; there was no
        amount yet.
      </Step>
      <Step title="Bound" at={boundAt} done={!notBound}>
        {notBound && (state === "due" ? ABOUT_TO_BE_BOUND : bonusWords(state, heldReason, side).meaning)}
        {bound && (
          <>
            Tied for good to round {bound.round} of the {bound.beacon} beacon, to come out{" "}
            <Instant at={bound.at} precision="second" />. The database refuses a round that could be out already.
          </>
        )}
      </Step>
      <Step title="Drawn" at={drawnAt} done={state === "drawn"} last>
        {state === "drawn"
          ? "The round came out, and the amount followed from it. It was posted to promo credit."
          : isHeldForGood(heldReason)
            ? "There will be no draw."
            : "When the round is out, the amount follows from it and appears here by itself."}
        {draw.isTakenBack &&
          " It is taken back now, because what it rests on fell below the trigger; the same amount returns when that is reached again."}
      </Step>
    </ol>
  );
}

interface StepProps {
  title: string;
  at: string | null;
  done: boolean;
  last?: boolean;
  children: ReactNode;
}

function Step({ title, at, done, last = false, children }: StepProps) {
  return (
    <li className="grid grid-cols-[auto_1fr] gap-x-3">
      <span aria-hidden="true" className="flex flex-col items-center">
        <span
          className={classes("mt-1.5 size-3 rounded-full border-2", done ? "border-accent bg-accent" : "border-edge")}
        />
        {!last && <span className={classes("w-0.5 grow", done ? "bg-accent" : "bg-line")} />}
      </span>
      <div className={last ? "" : "pb-4"}>
        <p className="flex flex-wrap items-baseline gap-x-3">
          <span className="font-semibold">{title}</span>
          <span className="text-muted text-sm">{at ? <Instant at={at} precision="millisecond" /> : "not yet"}</span>
        </p>
        <p className="text-muted text-sm">{children}</p>
      </div>
    </li>
  );
}
