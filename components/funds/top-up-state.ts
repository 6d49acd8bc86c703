import type { FundsState } from "./form-shape";

/** What the button that turns it off sends as `act`. */
export const STOP = "stop";

export interface TypedTopUp {
  threshold: string;
  mode: string;
  amount: string;
  monthMax: string;
  card: string;
}

/** With what was typed: a refused amount stays to be corrected. */
export interface TopUpState extends FundsState {
  typed: TypedTopUp;
}

export interface AlertState extends FundsState {
  typed: { lowBelow: string };
}
