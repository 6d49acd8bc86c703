export type Precision = "day" | "minute" | "second" | "millisecond";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const timeLength: Record<Precision, number> = { day: 0, minute: 5, second: 8, millisecond: 12 };

/** `21 Nov 2026, 10:00 UTC`. The same on the server and in every browser; a day alone may be given as YYYY-MM-DD. */
export function instantText(at: string, precision: Precision): string {
  const iso = new Date(at).toISOString();
  const month = months[Number(iso.slice(5, 7)) - 1] ?? "";
  const day = `${Number(iso.slice(8, 10))} ${month} ${iso.slice(0, 4)}`;
  if (precision === "day") return day;
  return `${day}, ${iso.slice(11, 11 + timeLength[precision])} UTC`;
}
