import { Instant } from "@/components/instant";
import { moneyText } from "@/components/money-text";
import { PlainMoney } from "@/components/statement/plain-money";
import { Table, Td, Th } from "@/components/ui/table";

/** Amounts exact decimal dollars, accruals to thirteen digits. */
export interface ShownEarning {
  program: string;
  template: string | null;
  number: string;
  accrued: string | null;
  accruedBefore: string | null;
  before: string | null;
  gained: string;
  released: string;
  limit: string | null;
  sources: readonly {
    day: string;
    service: string | null;
    base: string;
    provenance: "paid" | "any";
    rate: string;
    accrual: string;
    version: string;
  }[];
  others: string;
  accruedNow: string;
  since: string | null;
}

/** How a sweep came to its amount: what had accrued exactly, the one floor, what was posted before; and of what. */
export function EarningWhy({ earning }: { earning: ShownEarning }) {
  const { program, accrued, accruedBefore, before, gained, released, limit, number, since } = earning;
  return (
    <div className="grid gap-4">
      <ol className="grid max-w-prose list-decimal gap-1 pl-5 text-sm">
        {accrued !== null && before !== null ? (
          <>
            <li>
              {accruedBefore !== null && <>By the sweep before, {exact(accruedBefore)} had accrued in all. </>}
              By this one, sweep {number}, it was {exact(accrued)}, kept exactly, to a ten-thousandth of a nano-dollar.
            </li>
            <li>
              Floored once to whole nano-dollars, less what was posted before, {exact(before)}: {exact(gained)}. The
              remainder stays accrued.
            </li>
            {limit !== null && (
              <li>
                No more than {exact(limit)} is posted, by the limit of the terms. What accrues beyond it stays accrued;
                a refund is taken from there first.
              </li>
            )}
          </>
        ) : (
          <li>
            Sweep {number} found {exact(gained)} more than was posted before. It was posted before sweeps said what had
            accrued in all.
          </li>
        )}
        {released !== "0" && (
          <li>
            {exact(released)} that had been pending was released, because{" "}
            {program === "referral" ? "the review it waited for is over" : "its gate is open"}.
          </li>
        )}
      </ol>
      <Sources {...earning} />
      {since !== null && since !== "0" && (
        <p className="max-w-prose text-muted text-sm">
          The table is of now: {exact(since)} of it accrued since this posting.
        </p>
      )}
    </div>
  );
}

const exact = (amount: string): string => moneyText(amount).exact;

/** What the rate is of: what money paid for, or, by terms of any provenance, all usage. */
function baseTitle(sources: ShownEarning["sources"]): string {
  const kinds = new Set(sources.map(({ provenance }) => provenance));
  if (!kinds.has("any")) return "Paid spend";
  return kinds.size === 1 ? "Usage, whichever credit paid" : "Paid spend, or all usage";
}

function Sources({ sources, others, accruedNow, template }: ShownEarning) {
  return (
    <Table caption={template === null ? "The pairs it comes of" : "The days it comes of"} captionShown>
      <thead>
        <tr>
          <Th>{template === null ? "Referral of" : "Day"}</Th>
          <Th numeric>{baseTitle(sources)}</Th>
          <Th numeric>Rate</Th>
          <Th numeric>Accrued</Th>
          <Th>Terms</Th>
        </tr>
      </thead>
      <tbody>
        {sources.map(({ day, service, base, rate, accrual, version }) => (
          <tr key={`${day} ${service}`}>
            <Th scope="row" className="font-normal">
              <Instant at={day} precision="day" />
              {service !== null && `, ${service}`}
            </Th>
            <Td numeric>
              <PlainMoney amount={base} />
            </Td>
            <Td numeric>{rate}</Td>
            <Td numeric>{exact(accrual)}</Td>
            <Td>{version}</Td>
          </tr>
        ))}
        {others !== "0" && (
          <tr>
            <Th scope="row" className="font-normal">
              {template === null ? "Older pairs, and pairs now in review" : "Older days"}
            </Th>
            <Td />
            <Td />
            <Td numeric>{exact(others)}</Td>
            <Td />
          </tr>
        )}
        <tr>
          <Th scope="row">Accrued now</Th>
          <Td />
          <Td />
          <Td numeric>{exact(accruedNow)}</Td>
          <Td />
        </tr>
      </tbody>
    </Table>
  );
}
