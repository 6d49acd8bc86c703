import { BonusNote } from "@/components/bonus-note";
import { VerifierLink } from "@/components/fairness/verifier-link";
import { Section } from "@/components/ui/section";
import { BeaconNotice } from "./beacon-notice";
import type { DrawShown } from "./draw";
import { DrawData } from "./draw-data";
import { DrawTimeline } from "./draw-timeline";
import { publishedOf } from "./published";
import { Recomputation } from "./recomputation";
import { RecomputeHere } from "./recompute-here";

/** A draw from its trigger to its amount, with everything needed to check it. */
export function DrawReport({ draw }: { draw: DrawShown }) {
  const { amount, randomness, drawnAt, bound, proof } = draw;
  const published = publishedOf(draw);
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
      {published && (
        <Section
          title="Recompute it yourself"
          lead="Your browser does it from the data above, with hashes of its own, and asks nobody."
        >
          <RecomputeHere published={published} />
          <p className="mt-4 max-w-prose text-sm">
            To trust no page of ours either, save <VerifierLink />: one file that needs no network. Give it{" "}
            <a href={`/api/v1/draws/${draw.drawId}`} download={`draw-${draw.drawId}.json`} className="link">
              the draw as JSON
            </a>
            .
          </p>
        </Section>
      )}
      {proof && (
        <Section title="Calculated again" lead="By our server, from the same data.">
          <Recomputation draw={draw} />
        </Section>
      )}
    </>
  );
}
