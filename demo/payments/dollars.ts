/** Cents as dollars on a page: by digits, not by division. */
export function dollars(cents: number): string {
  const digits = String(cents).padStart(3, "0");
  return `$${digits.slice(0, -2).replace(/\B(?=(?:\d{3})+$)/g, ",")}.${digits.slice(-2)}`;
}
