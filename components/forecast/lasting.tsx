import { aboutText, roundText } from "@/components/about-text";
import { durationText } from "@/components/duration-text";
import { Money } from "@/components/money";
import { Table, Td, Th } from "@/components/ui/table";
import { type ShownLasting, type ShownPace, spanWords } from "./forecast";

interface LastingProps {
  /** The latest first. */
  paces: readonly ShownPace[];
  lasts: ShownLasting | null;
}

/** How long credit lasts if it is used as it was, within which range, and how that was worked out. */
export function Lasting({ paces, lasts }: LastingProps) {
  if (lasts === null) {
    return (
      <p className="mt-2 max-w-prose text-muted text-sm">
        Nothing was used in the last 7 days, so there is no pace to say how long it lasts.
      </p>
    );
  }
  return (
    <div className="mt-2 text-sm">
      <p className="max-w-prose">
        Lasts <strong className="font-semibold">{aboutText(lasts.told.ms)}</strong> {rangeText(lasts)}
      </p>
      <details className="mt-1">
        <summary className="w-fit text-muted hover:text-ink">How this is worked out</summary>
        <div className="mt-2 max-w-xl">
          <Table caption="How long the available credit lasts, by pace">
            <thead>
              <tr>
                <Th>Pace</Th>
                <Th numeric>Charged</Th>
                <Th numeric>A day</Th>
                <Th numeric>Lasts</Th>
              </tr>
            </thead>
            <tbody>
              {paces.map((pace) => (
                <tr key={pace.over}>
                  <Th scope="row">
                    {paceName[pace.over]}
                    <span className="block font-normal text-muted text-xs">{spanText(pace)}</span>
                  </Th>
                  <Td numeric>
                    <Money amount={pace.charged} />
                  </Td>
                  <Td numeric>
                    <Money amount={pace.perDay} />
                  </Td>
                  <Td numeric>{aboutText(pace.lastsMs)}</Td>
                </tr>
              ))}
            </tbody>
          </Table>
          <p className="mt-2 text-muted text-xs">
            What is available, divided by what was charged over the time it took. Nobody knows what you will run: the
            forecast moves with your use. Where the paces are far apart it goes by the fastest, so as not to promise too
            much.
          </p>
        </div>
      </details>
    </div>
  );
}

/** At which pace, and how far the others are from it. */
function rangeText({ told, shortest, longest, isApart }: ShownLasting): string {
  const [from, to] = [roundText(shortest.ms), roundText(longest.ms)];
  const at = `at the pace of ${spanWords[told.over]}`;
  if (from === to) return `${at}.`;
  return isApart
    ? `if you go on as in ${spanWords[told.over]}, longer at the pace of ${spanWords[longest.over]}: ${aboutText(longest.ms)}.`
    : `${at}, between ${from} and ${to} by other paces.`;
}

const paceName = { hour: "The last hour", day: "The last 24 hours", week: "The last 7 days" } as const;

const SPANS_MS = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const;

/** Over how long it was charged, where that is not what the pace is named by. */
function spanText({ over, ms }: ShownPace): string {
  if (Number(ms) === SPANS_MS[over]) return "";
  const seconds = BigInt(ms) / 1_000n;
  return `over ${durationText((seconds >= 3_600n ? seconds - (seconds % 60n) : seconds) * 1_000n)}`;
}
