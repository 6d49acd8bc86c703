import { BonusNote } from "@/components/bonus-note";
import { Section } from "@/components/ui/section";
import { BeaconNotice } from "./beacon-notice";
import type { DrawShown } from "./draw";
import { DrawData } from "./draw-data";
import { DrawTimeline } from "./draw-timeline";
import { Recomputation } from "./recomputation";

/** A draw from its trigger to its amount, with everything needed to check it. */
export function DrawReport({ draw }: { draw: DrawShown }) {
  const { amount, randomness, drawnAt, bound, proof } = draw;
  return (
    <>
      <div className="grid items-start gap-8 lg:grid-cols-2 lg:gap-10">
        {amount !== null && randomness !== null && drawnAt !== null && (
          <BonusNote
            amount={amount}
            randomness={randomness}
            drawnAt={drawnAt}
            title={draw.side === "own" ? "Your bonus" : "Your referral bonus"}
          />
        )}
        <div>
          <h2 className="sr-only">How it came about</h2>
          <DrawTimeline draw={draw} />
        </div>
      </div>
      {bound && <BeaconNotice beacon={bound.beacon} />}
      <Section title="Its data" lead="The amount follows from these and from nothing else.">
        <DrawData draw={draw} />
      </Section>
      {proof && (
        <Section
          title="Calculated again"
          lead="By our server, from the data above. Do it yourself and you need trust nobody."
        >
          <Recomputation draw={draw} />
        </Section>
      )}
    </>
  );
}
