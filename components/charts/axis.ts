/** What every axis looks like. */
export const axisLook = {
  tick: { fill: "var(--muted)", fontSize: 12 },
  tickLine: false,
  axisLine: { stroke: "var(--line)" },
} as const;

/** What every plot does: nothing by itself, and all of it by keyboard too. */
export const plotLook = { accessibilityLayer: true, margin: { top: 8, right: 0, bottom: 0, left: 0 } } as const;

/** What the bar that is pointed at stands on. */
export const cursorLook = { fill: "var(--accent-soft)" } as const;

/** How a plot is named to who cannot see it. */
export const plotLabel = (title: string, unit: string): string =>
  `${title}, ${unit}. Left and right arrow keys go from bar to bar; the same numbers stand in the table below.`;
