import { moneyText } from "./money-text";
import { classes } from "./ui/classes";

const sizes = {
  /** As large as the text around it. */
  inherit: "",
  md: "font-medium text-base",
  lg: "font-semibold text-2xl tracking-tight no-underline",
  /** The number a person came for. */
  xl: "font-semibold text-4xl tracking-tight no-underline sm:text-5xl",
} as const;

export type MoneySize = keyof typeof sizes;

export interface MoneyProps {
  /** Exact decimal dollars as `amountText` or `accrualText` write them. */
  amount: string;
  size?: MoneySize;
  className?: string | undefined;
}

/** An amount in whole cents; where that cuts something off, the whole figure is one hover or tap away, and read aloud. */
export function Money({ amount, size = "inherit", className }: MoneyProps) {
  const { floored, exact } = moneyText(amount);
  return <MoneyFace floored={floored} exact={exact} size={size} className={className} />;
}

interface MoneyFaceProps {
  floored: string;
  exact: string;
  size: MoneySize;
  className?: string | undefined;
}

/** The markup of an amount, shared with the one that glides. The title is on the part that is not read aloud. */
export function MoneyFace({ floored, exact, size, className }: MoneyFaceProps) {
  if (exact === floored) return <span className={classes("money", sizes[size], className)}>{floored}</span>;
  return (
    <span tabIndex={-1} className={classes("money money-more", sizes[size], className)}>
      <span aria-hidden="true" title={exact} className="money-cents">
        {floored}
      </span>
      <span className="money-exact">{exact}</span>
    </span>
  );
}
