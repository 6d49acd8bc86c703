import { durationText } from "@/components/duration-text";
import { ProgressBar } from "@/components/ui/progress-bar";
import { dollarsExact } from "@/lib/money/format";
import type { Nanos } from "@/lib/money/nanos";
import { runtimeExample } from "./examples";

/** The three moments between a deposit and a bonus. */
export function TenDollars({ trigger }: { trigger: Nanos }) {
  const amount = dollarsExact(trigger);
  const { price, durationMs } = runtimeExample(trigger);
  const steps = [
    {
      title: `You deposit ${amount}`,
      text: "It is yours to spend. The bar has not moved: a deposit alone earns nothing.",
      percent: 0,
      valueText: `$0.00 of ${amount}`,
    },
    {
      title: "Your work spends it",
      text: `Metered usage that your own money paid for moves the bar. On an RTX 4090 at ${dollarsExact(price)} an hour, ${amount} is ${durationText(durationMs)}.`,
      percent: 64,
      valueText: "part of the way",
    },
    {
      title: `The last nano-dollar of ${amount} is spent`,
      text: "Your draw is bound to a round of randomness that is not out yet. When it comes out, the bonus is posted to your wallet and used before your own money.",
      percent: 100,
      valueText: `${amount} of ${amount}`,
    },
  ];
  return (
    <ol className="grid gap-x-8 gap-y-6 sm:grid-cols-3">
      {steps.map(({ title, text, percent, valueText }) => (
        <li key={title} className="flex min-w-0 flex-col gap-2">
          <div aria-hidden="true">
            <ProgressBar label={title} percent={percent} valueText={valueText} />
          </div>
          <p className="font-semibold">{title}</p>
          <p className="text-muted">{text}</p>
        </li>
      ))}
    </ol>
  );
}
