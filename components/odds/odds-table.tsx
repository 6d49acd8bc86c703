import { Table, Td, Th } from "@/components/ui/table";
import { ODDS_WEIGHT_TOTAL, type Odds } from "@/lib/programs/odds";
import { tierText } from "./tier-text";

/** The odds as they are, rare tiers included. */
export function OddsTable({ odds }: { odds: Odds }) {
  return (
    <Table caption="Bonuses and how likely each is">
      <thead>
        <tr>
          <Th>Bonus</Th>
          <Th numeric>Chance</Th>
          <Th numeric>Of {ODDS_WEIGHT_TOTAL.toLocaleString("en-US")} draws</Th>
        </tr>
      </thead>
      <tbody>
        {odds.tiers.map((tier) => (
          <tr key={tier[1]}>
            <Th scope="row" className="whitespace-nowrap">
              {tierText(tier)}
            </Th>
            <Td numeric>{(tier[0] * 100) / ODDS_WEIGHT_TOTAL}%</Td>
            <Td numeric>{tier[0].toLocaleString("en-US")}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
