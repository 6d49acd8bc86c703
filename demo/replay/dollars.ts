import { type Accrual, accrual, sumAccruals } from "@/lib/money/accrual";
import { accrualText } from "@/lib/money/format";

const DECIMAL = /^(\d+)(?:\.(\d{1,13}))?$/;

/** The exact sum of amounts or accruals as the API writes them: decimal dollars, up to thirteen digits after the point. */
export const sumOfDollars = (texts: Iterable<string>): string =>
  accrualText(sumAccruals([...texts].map((text) => readDollars(text))));

/** @throws Error for anything but decimal dollars. */
function readDollars(text: string): Accrual {
  const match = DECIMAL.exec(text);
  if (!match) throw new Error(`The API answered ${JSON.stringify(text)} where dollars were expected.`);
  return accrual(BigInt(`${match[1]}${(match[2] ?? "").padEnd(13, "0")}`));
}
