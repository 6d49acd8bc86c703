import { Money } from "@/components/money";
import { Fact } from "@/components/ui/facts";

interface PendingFactsProps {
  /** Exact decimal dollars. */
  review: string;
  gate: string;
  /** Whether the gate is open, so that the next sweep releases it. */
  isGateOpen: boolean;
}

/** What of commission is pending, by what it waits for; nothing is said of nothing. */
export function PendingFacts({ review, gate, isGateOpen }: PendingFactsProps) {
  if (review === "0" && gate === "0") {
    return (
      <Fact term="Pending">
        <Money amount="0" />
      </Fact>
    );
  }
  return (
    <>
      {review !== "0" && (
        <Fact term="Pending, in review" note="A person looks at the referrals it comes of; each of them says so.">
          <Money amount={review} />
        </Fact>
      )}
      {gate !== "0" && (
        <Fact
          term="Pending, beta terms"
          note={
            isGateOpen
              ? "The gate is open: released with the next sweep."
              : "Released whole when the gate of the beta terms opens; see below."
          }
        >
          <Money amount={gate} />
        </Fact>
      )}
    </>
  );
}
