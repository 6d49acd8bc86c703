import { Money } from "@/components/money";
import { Table, Td, Th } from "@/components/ui/table";
import { type ServiceRate, serviceLabels } from "./referral";

interface MonthsTableProps {
  /** Services that pay, in the order of the columns. */
  rates: readonly ServiceRate[];
  /** Newest first. Exact decimal dollars. */
  months: readonly {
    month: string;
    byService: readonly { service: ServiceRate["service"]; amount: string }[];
    total: string;
  }[];
  total: string;
}

/** What a referral earned, by month of its usage and by service. */
export function MonthsTable({ rates, months, total }: MonthsTableProps) {
  return (
    <Table caption="Earned by month and service">
      <thead>
        <tr>
          <Th>Month, UTC</Th>
          {rates.map(({ service, rate }) => (
            <Th key={service} numeric>
              {serviceLabels[service]}, {rate}
            </Th>
          ))}
          <Th numeric>Together</Th>
        </tr>
      </thead>
      <tbody>
        {months.map(({ month, byService, total: ofMonth }) => (
          <tr key={month}>
            <Th scope="row">
              <time dateTime={month}>{monthText(month)}</time>
            </Th>
            {rates.map(({ service }) => (
              <Td key={service} numeric>
                <Money amount={byService.find((each) => each.service === service)?.amount ?? "0"} />
              </Td>
            ))}
            <Td numeric>
              <Money amount={ofMonth} />
            </Td>
          </tr>
        ))}
        <tr>
          <Th scope="row" className="font-semibold">
            In all
          </Th>
          {rates.map(({ service }) => (
            <Td key={service} />
          ))}
          <Td numeric className="font-semibold">
            <Money amount={total} />
          </Td>
        </tr>
      </tbody>
    </Table>
  );
}

/** "2026-11" as "November 2026". */
const monthText = (month: string): string =>
  new Date(`${month}-01T00:00:00Z`).toLocaleDateString("en-US", { month: "long", year: "numeric", timeZone: "UTC" });
