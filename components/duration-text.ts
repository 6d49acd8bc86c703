const MS_PER_SECOND = 1_000n;
const MS_PER_MINUTE = 60_000n;
const MS_PER_HOUR = 3_600_000n;

/** `29 h 24 min 42 s`: what is zero at either end is left out; parts of a second only where there are any. */
export function durationText(ms: string | bigint): string {
  const total = BigInt(ms);
  const hours = total / MS_PER_HOUR;
  const minutes = (total % MS_PER_HOUR) / MS_PER_MINUTE;
  const seconds = (total % MS_PER_MINUTE) / MS_PER_SECOND;
  const thousandths = total % MS_PER_SECOND;
  const secondsText =
    thousandths === 0n ? `${seconds}` : `${seconds}.${thousandths.toString().padStart(3, "0").replace(/0+$/, "")}`;
  const parts = [
    hours > 0n && `${hours.toString().replace(/\B(?=(?:\d{3})+$)/g, ",")} h`,
    minutes > 0n && `${minutes} min`,
    secondsText !== "0" && `${secondsText} s`,
  ].filter(Boolean);
  return parts.length === 0 ? "0 s" : parts.join(" ");
}
