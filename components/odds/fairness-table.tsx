import { Table, Td, Th } from "@/components/ui/table";
import type { Fairness } from "@/lib/programs/fairness";
import type { Odds } from "@/lib/programs/odds";
import { tierText } from "./tier-text";

interface FairnessTableProps {
  odds: Odds;
  result: Fairness;
}

/** What was drawn beside what the odds promise, and whether that is within chance. */
export function FairnessTable({ odds, result }: FairnessTableProps) {
  return (
    <div>
      <Table caption="Draws made, by tier, against what the odds expect">
        <thead>
          <tr>
            <Th>Bonus</Th>
            <Th numeric>Drawn</Th>
            <Th numeric>Expected</Th>
          </tr>
        </thead>
        <tbody>
          {odds.tiers.map((tier, index) => (
            <tr key={tier[1]}>
              <Th scope="row" className="whitespace-nowrap">
                {tierText(tier)}
              </Th>
              <Td numeric>{(result.tiers[index]?.drawn ?? 0).toLocaleString("en-US")}</Td>
              <Td numeric>{decimals(result.tiers[index]?.expected ?? 0)}</Td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <Th scope="row">All</Th>
            <Td numeric>{result.draws.toLocaleString("en-US")}</Td>
            <Td numeric>{decimals(result.draws)}</Td>
          </tr>
        </tfoot>
      </Table>
      <p className="mt-3 max-w-prose text-sm">{verdict(result)}</p>
    </div>
  );
}

const decimals = (value: number): string =>
  value.toLocaleString("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

function verdict({ draws, chiSquare, limit, within, enough }: Fairness): string {
  if (draws === 0) return "Nothing has been drawn by these odds yet.";
  if (limit === null) return "These odds have one tier: there is nothing to deviate from.";
  const figures = `Chi-square is ${chiSquare.toFixed(2)}; fair draws stay below ${limit.toFixed(2)} 999 times in 1,000.`;
  if (!enough) return `${figures} There are still too few draws for a verdict: a single rare bonus can pass the limit.`;
  return within
    ? `${figures} The draws agree with the odds.`
    : `${figures} The draws do not agree with the odds: recompute them and ask the operator.`;
}
