import type { PricedGpu } from "@/components/calculators/runtime-calculator";
import { durationText } from "@/components/duration-text";
import { ProgressBar } from "@/components/ui/progress-bar";
import { dollarsExact } from "@/lib/money/format";
import type { Nanos } from "@/lib/money/nanos";
import { eachUnit } from "@/lib/programs/pricing";
import { runtimeOn } from "./examples";

interface TenDollarsProps {
  trigger: Nanos;
  /** On which it is spent in the text. */
  gpu: PricedGpu;
}

/** The three moments between a deposit and a bonus. */
export function TenDollars({ trigger, gpu }: TenDollarsProps) {
  const amount = dollarsExact(trigger);
  const steps = [
    {
      title: `You deposit ${amount}`,
      text: "It is yours to spend. The bar has not moved: a deposit alone earns nothing.",
      percent: 0,
      valueText: `$0.00 of ${amount}`,
    },
    {
      title: "Your work spends it",
      text: `Metered usage that your own money paid for moves the bar.${lastsText(gpu, trigger)}`,
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

/** How long the amount lasts; nothing where the GPU is free. */
function lastsText(gpu: PricedGpu, amount: Nanos): string {
  const lasts = runtimeOn(gpu, amount);
  if (!lasts) return "";
  const at = `at ${dollarsExact(lasts.price)} ${eachUnit[gpu.unit]}`;
  const where = gpu.isExample ? `For example, on a GPU ${at}` : `On ${gpu.sku} ${at}`;
  return ` ${where}, ${dollarsExact(amount)} is ${durationText(lasts.durationMs)}.`;
}
