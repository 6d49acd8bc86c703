import { durationText } from "@/components/duration-text";
import { Instant } from "@/components/instant";
import { moneyText } from "@/components/money-text";
import { PlainMoney } from "@/components/statement/plain-money";
import { Digest } from "@/components/ui/digest";
import { Fact, Facts } from "@/components/ui/facts";
import { Link } from "@/components/ui/link";

/** Amounts exact decimal dollars, instants ISO 8601, durations whole milliseconds. */
export interface ShownCharge {
  source: string;
  id: string;
  service: string;
  sku: string | null;
  resource: string | null;
  template: string | null;
  endedAt: string;
  durationMs: string;
  quantity: string;
  price: { amount: string; unit: string; effectiveFrom: string } | null;
  exact: { dollars: string; isWhole: boolean } | null;
  charge: string;
  voidsSeq: string | null;
  voidedBySeq: string | null;
}

const units: Record<string, string> = { hour: "hour", second: "second", "gb-month": "GB and 30 days" };

/** The event behind a charge, the price that was in force, and the arithmetic, rounded once. */
export function ChargeWhy({ charge }: { charge: ShownCharge }) {
  const { price, exact, sku, resource, template, voidsSeq, voidedBySeq } = charge;
  return (
    <div className="grid gap-4">
      {voidsSeq !== null && (
        <p className="text-sm">
          This takes an earlier event back, with every effect:{" "}
          <Link className="link" href={`/statement/${voidsSeq}`}>
            posting {voidsSeq}
          </Link>
          .
        </p>
      )}
      {voidedBySeq !== null && (
        <p className="text-sm">
          It was taken back since:{" "}
          <Link className="link" href={`/statement/${voidedBySeq}`}>
            posting {voidedBySeq}
          </Link>
          .
        </p>
      )}
      <Arithmetic {...charge} />
      <Facts className="max-w-xl">
        <Fact term="Event" long>
          <Digest>{`${charge.source}/${charge.id}`}</Digest>
        </Fact>
        <Fact term="Service">{charge.service}</Fact>
        {sku !== null && (
          <Fact term="SKU">
            <Digest>{sku}</Digest>
          </Fact>
        )}
        {resource !== null && (
          <Fact term="Resource">
            <Digest>{resource}</Digest>
          </Fact>
        )}
        {template !== null && (
          <Fact term="Template">
            <Digest>{template}</Digest>
          </Fact>
        )}
        <Fact term="Interval ended">
          <Instant at={charge.endedAt} precision="millisecond" />
        </Fact>
        {price && exact && (
          <Fact term="Price in force" note="The version of the rate card when the interval ended.">
            {moneyText(price.amount).exact} per {units[price.unit] ?? price.unit}, since{" "}
            <Instant at={price.effectiveFrom} precision="second" />
          </Fact>
        )}
      </Facts>
    </div>
  );
}

function Arithmetic({ quantity, durationMs, price, exact, charge }: ShownCharge) {
  if (!price || !exact) {
    return (
      <p className="max-w-prose text-sm">
        The platform sent its own price for this interval, <PlainMoney amount={charge} />; it is taken as it is.
      </p>
    );
  }
  return (
    <p className="max-w-prose break-words text-sm">
      {quantity} × {durationText(durationMs)} × {moneyText(price.amount).exact} per {units[price.unit] ?? price.unit} =
      ${exact.dollars}
      {!exact.isWhole && "…"}
      {moneyText(charge).exact !== `$${exact.dollars}` && (
        <>, rounded once, half up, to a nano-dollar: {moneyText(charge).exact}</>
      )}
    </p>
  );
}
