import { Instant } from "@/components/instant";
import { Digest } from "@/components/ui/digest";
import { Fact, Facts } from "@/components/ui/facts";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { DrandFacts } from "./drand-facts";

interface Anchor {
  /** Lower-case hex */
  anchor: string;
  length: number;
  /** Links already given to draws. */
  used: number;
  /** ISO 8601 */
  publishedAt: string;
}

interface BeaconSectionProps {
  /** What decides the draws to come. */
  beacon: "local" | "drand";
  anchors: readonly Anchor[];
}

/** Where randomness comes from here, what that shows and what not, and what it is checked by. */
export function BeaconSection({ beacon, anchors }: BeaconSectionProps) {
  return (
    <Section title="The beacon of this installation">
      <div className="grid gap-4">
        {beacon === "drand" ? (
          <>
            <Notice title="Draws are decided by drand, a public beacon">
              Its rounds are made by many independent organisations together. Nobody, the operator included, can foresee
              or steer one. A draw is made only by a round whose signature verifies against this key.
            </Notice>
            <DrandFacts />
          </>
        ) : (
          <Notice
            look="warn"
            title="The local beacon shows that results follow what was published. Its owner could foresee them."
          >
            Randomness comes from a chain in which each link is the SHA-256 of the next one to be revealed. Its end, the
            anchor, was published before any draw, and each draw uses up one link, in order. With the public drand
            beacon nobody can foresee a result, the operator included.
          </Notice>
        )}
        {anchors.length > 0 && <Anchors anchors={anchors} />}
      </div>
    </Section>
  );
}

/** The ends of the local beacon's chains: also where another beacon decides by now, for the draws made before. */
function Anchors({ anchors }: { anchors: readonly Anchor[] }) {
  return (
    <Facts>
      {anchors.map(({ anchor, length, used, publishedAt }) => (
        <Fact
          key={anchor}
          long
          term="Anchor"
          note={
            <>
              published <Instant at={publishedAt} />, {used.toLocaleString("en-US")} of {length.toLocaleString("en-US")}{" "}
              links given to draws
            </>
          }
        >
          <Digest>{anchor}</Digest>
        </Fact>
      ))}
    </Facts>
  );
}
