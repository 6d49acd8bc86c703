"use client";

import { useState } from "react";
import { webHashing } from "@/components/fairness/web-hashing";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Digest } from "@/components/ui/digest";
import { Fact, Facts } from "@/components/ui/facts";
import { Notice } from "@/components/ui/notice";
import { type CheckedStep, checkDraw } from "@/lib/programs/check-draw";
import { readPublishedDraw } from "@/lib/programs/published-draw";
import type { Published } from "./published";

type State = { kind: "idle" } | { kind: "running"; note: string } | { kind: "done" } | { kind: "refused"; why: string };

/** Recomputes a draw in the reader's own browser, with its own hashes, and shows every value on the way. */
export function RecomputeHere({ published }: { published: Published }) {
  const [state, setState] = useState<State>({ kind: "idle" });
  const [steps, setSteps] = useState<readonly CheckedStep[]>([]);
  const isRunning = state.kind === "running";

  async function recompute() {
    if (isRunning) return;
    setSteps([]);
    setState({ kind: "running", note: "Hashing…" });
    setState(await run(published, setSteps, (note) => setState({ kind: "running", note })));
  }

  return (
    <div className="grid gap-5">
      <div className="flex flex-wrap items-center gap-3">
        <Button look="primary" onClick={recompute} aria-disabled={isRunning}>
          {state.kind === "done" ? "Recompute again" : "Recompute it here"}
        </Button>
        {/* Without scripts the button does nothing, and everything it would read is above. */}
        <noscript>
          <p className="text-muted text-sm">
            This needs scripts. The data above are complete without them: the downloaded check or the program on the
            fairness page recompute the draw from these.
          </p>
        </noscript>
        <p role="status" className="text-muted text-sm">
          {isRunning && state.note}
        </p>
      </div>
      {state.kind === "refused" && (
        <Notice look="danger" announce title="It could not be recomputed here">
          {state.why}
        </Notice>
      )}
      {state.kind === "done" && <Verdict steps={steps} />}
      {steps.length > 0 && (
        <ol className="grid gap-6">
          {steps.map((step, index) => (
            <Step key={step.title} number={index + 1} step={step} />
          ))}
        </ol>
      )}
    </div>
  );
}

async function run(
  published: Published,
  show: (steps: readonly CheckedStep[]) => void,
  note: (text: string) => void,
): Promise<State> {
  const hashing = webHashing();
  if (!hashing) {
    const why =
      "Browsers offer WebCrypto only at https addresses and on this machine. Use the downloaded check instead.";
    return { kind: "refused", why };
  }
  const read = readPublishedDraw(published);
  if (!read.ok) return { kind: "refused", why: read.message };
  const steps: CheckedStep[] = [];
  const tell = (done: number, of: number) => note(`${grouped(done)} of ${grouped(of)} links hashed`);
  for await (const step of checkDraw(read.draw, hashing, tell)) {
    steps.push(step);
    show([...steps]);
  }
  return { kind: "done" };
}

function Verdict({ steps }: { steps: readonly CheckedStep[] }) {
  const failed = steps.filter(({ holds }) => holds === false);
  if (failed.length === 0) {
    return (
      <Notice announce title="Match: your browser finds the amount that was posted">
        Every comparison in the {steps.length} steps below holds, with its values beside it.
      </Notice>
    );
  }
  return (
    <Notice look="danger" announce title="Mismatch: this draw is not what its data give">
      What does not hold is marked below. Keep the JSON of the draw and show it to the operator.
    </Notice>
  );
}

function Step({ number, step: { title, text, values, holds } }: { number: number; step: CheckedStep }) {
  return (
    <li className="min-w-0">
      <h3 className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className="font-semibold">
          {number}. {title}
        </span>
        {holds !== null && <Badge tone={holds ? "good" : "bad"}>{holds ? "Match" : "Mismatch"}</Badge>}
      </h3>
      <p className="mt-1 mb-2 max-w-prose text-muted text-sm">{text}</p>
      <Facts>
        {values.map(({ name, value }) => (
          <Fact key={`${name} ${value}`} long={value.length > 40} term={name}>
            <Digest>{value}</Digest>
          </Fact>
        ))}
      </Facts>
    </li>
  );
}

const grouped = (value: number): string => value.toLocaleString("en-US");
