import { Money } from "@/components/money";
import { moneyText } from "@/components/money-text";

/** An amount, above zero or below. Usage often costs less than a cent: then every digit is shown, cents would say nothing. */
export function PlainMoney({ amount }: { amount: string }) {
  const { floored, exact } = moneyText(amount);
  return floored === "$0.00" ? <span className="money">{exact}</span> : <Money amount={amount} />;
}
