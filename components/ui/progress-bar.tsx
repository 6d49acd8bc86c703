import { classes } from "./classes";

interface ProgressBarProps {
  /** What progresses: "Runtime toward the 24-hour gate". */
  label: string;
  /** 0 to 100; what lies outside is drawn at the end it passed. */
  percent: number;
  /** The same in words with units: "6 h of 24 h". */
  valueText: string;
  thick?: boolean;
  className?: string;
}

export function ProgressBar({ label, percent, valueText, thick = false, className }: ProgressBarProps) {
  const shown = Math.min(100, Math.max(0, percent));
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(shown)}
      aria-valuetext={valueText}
      className={classes("border border-edge bg-sunken", thick ? "h-5" : "h-2.5", className)}
    >
      {/* The width is an attribute of a drawing, not an inline style, which the content policy would refuse. */}
      <svg aria-hidden="true" className="block h-full w-full" preserveAspectRatio="none">
        <rect
          className="fill-accent transition-[width] duration-700 motion-reduce:transition-none"
          height="100%"
          width={`${shown}%`}
        />
      </svg>
    </div>
  );
}
