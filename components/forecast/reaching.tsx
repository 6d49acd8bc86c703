import { aboutText } from "@/components/about-text";
import { Money } from "@/components/money";
import { paceWords, type ShownPace, type ShownReach } from "./forecast";

interface ReachingProps {
  reach: ShownReach | null;
  /** The present pace; null where there is none. */
  pace: ShownPace | null;
}

/** When the bar is full, if it goes on as it went; what stands in the way where it does not. */
export function Reaching({ reach, pace }: ReachingProps) {
  switch (reach?.kind) {
    case "at_pace":
      return (
        <p>
          Reached in about <strong className="font-semibold">{aboutText(reach.ms)}</strong>
          {pace && `, at the pace ${paceWords[pace.over]}`}.
        </p>
      );
    case "short":
      return (
        <p>
          Your prepaid credit ends before the bar does: <Money amount={reach.short} className="font-semibold" /> more
          has to be paid in, and spent.
        </p>
      );
    case "idle":
      return <p>Your prepaid credit is enough. When it is reached can be said once something of yours runs.</p>;
    default:
      return null;
  }
}
