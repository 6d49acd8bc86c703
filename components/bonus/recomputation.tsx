import type { ReactNode } from "react";
import { Money } from "@/components/money";
import { tierText } from "@/components/odds/tier-text";
import { Badge } from "@/components/ui/badge";
import { Digest } from "@/components/ui/digest";
import { Table, Td, Th } from "@/components/ui/table";
import { dollarsExact } from "@/lib/money/format";
import type { DrawStep } from "@/lib/programs/draw";
import { fromCents, type OddsTier } from "@/lib/programs/odds";
import type { DrawShown, RoundShown } from "./draw";

/** The amount, calculated again from the draw's data, one step at a time. */
export function Recomputation({ draw }: { draw: DrawShown }) {
  const { proof, odds, bound, amount } = draw;
  if (!proof || !odds || amount === null) return null;
  const tier = proof.tier === null ? undefined : odds.odds.tiers[proof.tier - 1];
  return (
    <ol className="grid gap-5">
      <Check title="The odds are those that were published" holds={odds !== null}>
        <p>SHA-256 of this text is the hash above.</p>
        <Digest>{odds.canonical}</Digest>
      </Check>
      {bound && (
        <Check title="The randomness was fixed before the draw" holds={proof.beaconProblem === null}>
          <p>{proof.beaconProblem ?? fixedBefore(bound)}</p>
        </Check>
      )}
      <Check title="The amount follows from both" holds={proof.agrees}>
        {proof.problem && <p>{proof.problem}</p>}
        <p>
          Each number below is the first six bytes of HMAC-SHA256 of its message, keyed with the randomness; divided by
          the number of choices, its remainder is the choice.
        </p>
        <Steps steps={proof.steps} tier={tier} />
        {tier && (
          <p className="text-ink">
            Result: <Money amount={amount} className="font-semibold" />, {sameAsPosted(proof.agrees)}
          </p>
        )}
      </Check>
    </ol>
  );
}

/** What was found to hold of a round and its randomness. */
function fixedBefore({ beacon, round }: RoundShown): string {
  const number = grouped(Number(round));
  if (beacon === "drand") {
    return `The signature over round ${number} verifies against the public key of drand quicknet, and the randomness is its SHA-256. The round came out more than 90 seconds after it was fixed for this draw.`;
  }
  return `SHA-256, applied ${number} ${round === "1" ? "time" : "times"} to the randomness, is the anchor. The link was fixed for this draw before it was out.`;
}

const sameAsPosted = (agrees: boolean) =>
  agrees ? "exactly what was posted." : "which is not what these data give: tell the operator.";

function Check({ title, holds, children }: { title: string; holds: boolean; children: ReactNode }) {
  return (
    <li className="grid gap-2 text-muted text-sm">
      <p className="flex flex-wrap items-baseline gap-x-3 text-base text-ink">
        <span className="font-semibold">{title}</span>
        <Badge tone={holds ? "good" : "bad"}>{holds ? "Holds" : "Does not hold"}</Badge>
      </p>
      {children}
    </li>
  );
}

function Steps({ steps, tier }: { steps: readonly DrawStep[]; tier: OddsTier | undefined }) {
  return (
    <Table caption="The numbers taken from the randomness">
      <thead>
        <tr>
          <Th>Counter</Th>
          <Th>So</Th>
          <Th numeric>Choice</Th>
          <Th numeric>Choices</Th>
          <Th numeric>Number</Th>
          <Th>Message</Th>
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <tr key={step.counter}>
            <Th scope="row" className="align-baseline font-normal">
              {step.counter}
            </Th>
            <Td className="min-w-44 text-ink">{meaning(step, tier)}</Td>
            <Td numeric>{step.chosen === null ? "none" : grouped(step.chosen)}</Td>
            <Td numeric>{grouped(step.choices)}</Td>
            <Td numeric>{grouped(step.x)}</Td>
            <Td className="min-w-56">
              <Digest>{step.message}</Digest>
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function meaning({ pick, chosen, limit }: DrawStep, tier: OddsTier | undefined): string {
  if (chosen === null) return `At or above ${grouped(limit)}, which would favour some choices: the next one is taken.`;
  if (!tier) return "";
  if (pick === "tier") return `Falls in the tier of ${tierText(tier)}.`;
  const least = dollarsExact(fromCents(tier[1]));
  return `${least} and ${grouped(chosen)} ${chosen === 1 ? "cent" : "cents"}.`;
}

const grouped = (value: number): string => value.toLocaleString("en-US");
