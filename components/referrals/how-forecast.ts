/** How a forecast is made, in one sentence for whoever reads it. */
export function howForecast(weeks: number): string {
  const seen = `the last ${weeks} whole weeks`;
  const early = "while there are fewer than four to go by, the range is from nothing more to twice the busiest week";
  if (weeks === 1) return `Every week left is taken to be like the last one; ${early}.`;
  if (weeks < 4) return `Every week left is taken to be like the average of ${seen}; ${early}.`;
  return `Every week left is taken to be like the average of ${seen}; the range is as if each were like the quietest or the busiest of them.`;
}
