import { type Phase, phases } from "./replay";

const LINE_EVERY_MS = 2_000;

/** Shows how far a replay is: one line that changes on a terminal, now and then a line elsewhere. */
export class Progress {
  #phase: Phase | undefined;
  #saidAt = 0;

  constructor(private readonly output: Pick<NodeJS.WriteStream, "write" | "isTTY">) {}

  readonly report = (phase: Phase, done: number, all: number): void => {
    const now = performance.now();
    if (phase !== this.#phase) {
      this.#phase = phase;
      this.#saidAt = 0;
    }
    const finished = done === all;
    const text = `${phase.padEnd(9)} ${grouped(done)} of ${grouped(all)}`;
    if (this.output.isTTY) {
      this.output.write(`\r\u001b[K${text}${finished ? "\n" : ""}`);
    } else if (finished || now - this.#saidAt > LINE_EVERY_MS) {
      this.#saidAt = now;
      this.output.write(`${text}\n`);
    }
    if (finished) this.#phase = undefined;
  };
}

export const grouped = (count: number): string => count.toLocaleString("en-US");

/** "1.2 s in all: accounts 0.5, deposits 0.3, …" */
export function secondsText(tookMs: Record<Phase, number>): string {
  const seconds = (ms: number) => (ms / 1_000).toFixed(1);
  const all = phases.reduce((sum, phase) => sum + tookMs[phase], 0);
  return `${seconds(all)} (${phases.map((phase) => `${phase} ${seconds(tookMs[phase])}`).join(", ")})`;
}
