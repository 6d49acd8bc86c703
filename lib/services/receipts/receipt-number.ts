export interface ReceiptPlace {
  year: number;
  no: number;
}

/** "2026-000042" */
export const receiptNumber = ({ year, no }: ReceiptPlace): string => `${year}-${String(no).padStart(6, "0")}`;

/** Null for what is no number of a receipt, or not as they are written. */
export function readReceiptNumber(text: string): ReceiptPlace | null {
  const match = /^(2[0-9]{3})-([0-9]{6,9})$/.exec(text);
  if (!match) return null;
  const place = { year: Number(match[1]), no: Number(match[2]) };
  return receiptNumber(place) === text ? place : null;
}
