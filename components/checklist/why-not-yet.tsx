import type { ShownCondition } from "@/lib/programs/checklist-text";
import { Checklist } from "./checklist";
import type { Audience } from "./condition-words";

interface WhyNotYetProps {
  conditions: readonly ShownCondition[];
  audience: Audience;
  /** What it is about, for readers of a screen: "the referral of 1 Mar 2026". */
  about: string;
}

/** The checklist behind a line that opens: what holds, and what is still to come. Works without scripts. */
export function WhyNotYet({ conditions, audience, about }: WhyNotYetProps) {
  // What failed does not come by waiting.
  const question = conditions.some(({ state }) => state === "failed") ? "Why not?" : "Why not yet?";
  const open = conditions.filter(({ state }) => state !== "met").length;
  return (
    <details className="text-sm">
      <summary className="w-fit text-muted hover:text-ink">
        {open === 0 ? "Why?" : question} {conditions.length - open} of {conditions.length} conditions met
        <span className="sr-only"> for {about}</span>
      </summary>
      <div className="mt-2 mb-1">
        <Checklist conditions={conditions} audience={audience} />
      </div>
    </details>
  );
}
