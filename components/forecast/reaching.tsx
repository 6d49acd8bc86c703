import { aboutText, roundText } from "@/components/about-text";
import { Money } from "@/components/money";
import { type ShownLength, type ShownReach, spanWords } from "./forecast";

/** When the bar is full, if it goes on as it went; what stands in the way where it does not. */
export function Reaching({ reach }: { reach: ShownReach | null }) {
  switch (reach?.kind) {
    case "at_pace":
      return (
        <p>
          Reached in <strong className="font-semibold">{aboutText(reach.length.ms)}</strong>, at the pace of{" "}
          {spanWords[reach.length.over]}.
        </p>
      );
    case "between":
      return <Between {...reach} />;
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

/** Both ends, each with its pace; of what is told alike only that. */
function Between({ shortest, longest }: { shortest: ShownLength; longest: ShownLength }) {
  const [from, to] = [roundText(shortest.ms), roundText(longest.ms)];
  if (from === to) return <p>Reached in {aboutText(longest.ms)}, at any of your paces.</p>;
  return (
    <p>
      Reached in{" "}
      <strong className="font-semibold">
        {from} to {to}
      </strong>
      : sooner at the pace of {spanWords[shortest.over]}, later at that of {spanWords[longest.over]}.
    </p>
  );
}
