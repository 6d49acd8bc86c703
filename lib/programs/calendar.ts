/**
 * The instant `months` calendar months later in UTC: same day and time, or that month's last day where it has no such
 * day. 2026-08-31T10:00Z and six months are 2027-02-28T10:00Z.
 * @throws RangeError when `months` is not whole, or the result is no date.
 */
export function addCalendarMonths(instant: Date, months: number): Date {
  if (!Number.isSafeInteger(months)) throw new RangeError(`${months} is not a whole number of months`);
  const moved = new Date(instant);
  // From the first of the month no step can spill over a shorter one.
  moved.setUTCDate(1);
  moved.setUTCMonth(moved.getUTCMonth() + months);
  moved.setUTCDate(Math.min(instant.getUTCDate(), daysInMonth(moved)));
  if (Number.isNaN(moved.getTime())) throw new RangeError("The date is outside the calendar");
  return moved;
}

function daysInMonth(month: Date): number {
  const last = new Date(month);
  last.setUTCMonth(month.getUTCMonth() + 1, 0);
  return last.getUTCDate();
}
