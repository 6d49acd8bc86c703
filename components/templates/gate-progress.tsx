import { durationText } from "@/components/duration-text";
import { Instant } from "@/components/instant";
import { ProgressBar } from "@/components/ui/progress-bar";
import type { TemplateGate } from "./template";

interface GateProgressProps {
  gate: TemplateGate;
  /** Total so far, in whole milliseconds. */
  runtimeMs: string;
  thick?: boolean;
}

/** Runtime on its way to the gate that releases the royalty, with exactly what is still to run. */
export function GateProgress({ gate, runtimeMs, thick = false }: GateProgressProps) {
  const so = `${durationText(runtimeMs)} of ${durationText(gate.runtimeMs)}`;
  return (
    <div className="min-w-0">
      <p className="mb-1 flex flex-wrap justify-between gap-x-4 text-sm">
        <span>
          <span className="text-muted">Runtime</span> {gate.isMet ? durationText(runtimeMs) : so}
        </span>
        <span className="text-muted">
          {gate.isMet ? (
            <>
              gate of {durationText(gate.runtimeMs)} met{gate.metAt !== null && " "}
              {gate.metAt !== null && <Instant at={gate.metAt} />}
            </>
          ) : (
            `${durationText(gate.remainingMs)} to go`
          )}
        </span>
      </p>
      <ProgressBar
        label={`Runtime toward the ${durationText(gate.runtimeMs)} gate`}
        percent={gate.percent}
        valueText={gate.isMet ? `${durationText(runtimeMs)}, gate met` : so}
        thick={thick}
      />
    </div>
  );
}
