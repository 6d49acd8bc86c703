import { Table, Td, Th } from "@/components/ui/table";
import type { Fairness, TierGroup } from "@/lib/programs/fairness";
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
      <p className="mt-3 max-w-prose text-sm">{verdict(odds, result)}</p>
    </div>
  );
}

const decimals = (value: number): string =>
  value.toLocaleString("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

function verdict(odds: Odds, { draws, groups, chiSquare, degrees, limit, within }: Fairness): string {
  if (draws === 0) return "Nothing has been drawn by these odds yet.";
  if (odds.tiers.length === 1) return "These odds have one tier: there is nothing to deviate from.";
  if (limit === null) {
    return "Too few draws for a test: it needs two groups of tiers in each of which at least five draws are expected.";
  }
  const merged = groups.filter(({ tiers }) => tiers.length > 1).map((group) => together(odds, group));
  const figures = `Chi-square is ${chiSquare.toFixed(2)} with ${degrees} ${degrees === 1 ? "degree" : "degrees"} of freedom; of 1,000 fair runs 999 stay at or below ${limit.toFixed(2)}.`;
  const said = within
    ? "The draws agree with the odds."
    : "The draws do not agree with the odds: recompute them and ask the operator.";
  return [figures, ...merged, said].join(" ");
}

/** Which rows are one in the test, and why. */
function together(odds: Odds, { tiers, drawn, expected }: TierGroup): string {
  const rows = odds.tiers.filter((_, index) => tiers.includes(index + 1)).map(tierText);
  return `The rows ${new Intl.ListFormat("en").format(rows)} are counted as one (${drawn.toLocaleString("en-US")} drawn, ${decimals(expected)} expected), because some of them expect fewer than five draws.`;
}
