import { Instant } from "@/components/instant";
import { Badge } from "@/components/ui/badge";
import { Fact, Facts } from "@/components/ui/facts";
import type { ActAction, SecretAction } from "./act-state";
import { Folded } from "./folded";
import { ReasonedForm } from "./reasoned-form";
import { RotateForm } from "./rotate-form";

interface Endpoint {
  id: string;
  url: string;
  types: readonly string[] | null;
  state: "active" | "paused";
  addedBy: string;
  /** ISO 8601, as all instants here. */
  addedAt: string;
  secrets: readonly { madeAt: string; endsAt: string | null }[];
  waiting: number;
  failed: number;
}

interface EndpointItemProps {
  endpoint: Endpoint;
  acts: { pause: ActAction; resume: ActAction; remove: ActAction; rotate: SecretAction };
}

/** An endpoint: how it stands, and what may be done with it. */
export function EndpointItem({ endpoint, acts }: EndpointItemProps) {
  const { id, url, types, state, addedBy, addedAt, secrets, waiting, failed } = endpoint;
  const isPaused = state === "paused";
  return (
    <li className="grid gap-3 border-line border-t pt-4">
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h3 className="wrap-anywhere font-medium">{url}</h3>
        <Badge tone={isPaused ? "warn" : "good"}>{isPaused ? "Paused" : "Sends"}</Badge>
      </div>
      <Facts className="max-w-xl">
        <Fact term="Kinds of message">{types?.join(", ") ?? "all"}</Fact>
        <Fact term="Wait to be sent">{waiting}</Fact>
        <Fact term="Given up after three days">{failed}</Fact>
        {secrets.map(({ madeAt, endsAt }) => (
          <Fact key={madeAt} term={endsAt === null ? "Secret" : "Old secret"}>
            made <Instant at={madeAt} />
            {endsAt !== null && (
              <>
                , ends <Instant at={endsAt} />
              </>
            )}
          </Fact>
        ))}
        <Fact term="Added">
          <Instant at={addedAt} /> by <span className="wrap-anywhere">{addedBy}</span>
        </Fact>
      </Facts>
      <Folded label={isPaused ? "Go on" : "Pause"} about={url}>
        <ReasonedForm
          action={isPaused ? acts.resume : acts.pause}
          about={{ id }}
          meaning={
            isPaused ? "What has waited is sent, the oldest first." : "What happens meanwhile waits until it goes on."
          }
          label={isPaused ? "Go on sending" : "Pause this endpoint"}
          pending={isPaused ? "Going on…" : "Pausing…"}
        />
      </Folded>
      <Folded label="New secret" about={`for ${url}`}>
        <RotateForm action={acts.rotate} id={id} />
      </Folded>
      <Folded label="Remove" about={url}>
        <ReasonedForm
          action={acts.remove}
          about={{ id }}
          meaning="Nothing is sent to it any more, what waits included, for good. Its log stays."
          label="Remove this endpoint"
          pending="Removing…"
          look="danger"
        />
      </Folded>
    </li>
  );
}
