import { Notice } from "@/components/ui/notice";

/** What a draw by this beacon shows, and what it does not. */
export function BeaconNotice({ beacon }: { beacon: "local" | "drand" }) {
  if (beacon === "drand") {
    return (
      <Notice title="The public beacon decided">
        Nobody, the operator included, could steer or foresee its rounds.
      </Notice>
    );
  }
  return (
    <Notice look="warn" title="A local beacon decides here, and its owner could foresee results">
      This installation makes its own randomness. Every result follows from a chain whose end was published first, so
      none can be changed afterwards; but whoever owns the chain knows its links ahead. An installation that draws by
      the public drand beacon has no such owner.
    </Notice>
  );
}
