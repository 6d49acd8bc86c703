import type { ReactNode } from "react";
import { Instant } from "@/components/instant";
import { CopyButton } from "@/components/ui/copy-button";
import { Digest } from "@/components/ui/digest";
import { Fact, Facts } from "@/components/ui/facts";
import type { DrawShown } from "./draw";

/** Everything the amount follows from, ready to be copied and checked elsewhere. */
export function DrawData({ draw }: { draw: DrawShown }) {
  const { drawId, odds, bound, randomness, signature, program, termsVersion } = draw;
  const outAt = bound && <Instant at={bound.at} precision="millisecond" />;
  return (
    <>
      <Facts>
        <Text term="Draw" note="Fixed at sign-up, long before anything was due." value={drawId} what="the draw's id" />
        <Fact term="Terms">
          {program} {termsVersion}
        </Fact>
        {odds && (
          <Text
            term="Odds"
            note="SHA-256 of the odds as published; the draw belongs to these alone."
            value={odds.hash}
            what="the hash of the odds"
          />
        )}
        <Fact term="Beacon">{bound ? bound.beacon : "not bound yet"}</Fact>
        {bound && (
          <Fact term="Round" note={bound.beacon === "local" ? "Also its distance: hashes from the anchor." : undefined}>
            {bound.round}, out {outAt}
          </Fact>
        )}
        {bound?.anchor && (
          <Text
            term="Anchor"
            note="The end of the chain, published before any of it was used."
            value={bound.anchor}
            what="the anchor"
          />
        )}
        {bound && (
          <Text
            term="Randomness"
            note="32 bytes, revealed when the round came out."
            value={randomness}
            what="the randomness"
          />
        )}
        {signature && (
          <Text term="Signature" note="The beacon's, over its round." value={signature} what="the signature" />
        )}
      </Facts>
      <p className="mt-3 text-sm">
        <a href={`/api/v1/draws/${drawId}`} className="link">
          The same as JSON
        </a>
        , open to anyone who knows the draw's id.
      </p>
    </>
  );
}

function Text({ term, note, value, what }: { term: string; note: ReactNode; value: string | null; what: string }) {
  return (
    <Fact term={term} note={note}>
      {value === null ? (
        "not out yet"
      ) : (
        <span className="flex flex-wrap items-center justify-end gap-x-3 gap-y-1 max-sm:text-left">
          <Digest>{value}</Digest>
          <CopyButton value={value} what={what} />
        </span>
      )}
    </Fact>
  );
}
