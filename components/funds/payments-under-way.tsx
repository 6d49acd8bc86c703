import { Instant } from "@/components/instant";
import { Money } from "@/components/money";
import { Notice } from "@/components/ui/notice";

interface Payment {
  id: string;
  /** Exact decimal dollars. */
  amount: string;
  /** ISO 8601 */
  openedAt: string;
}

/** Payments that banks have promised and not sent yet. */
export function PaymentsUnderWay({ payments }: { payments: readonly Payment[] }) {
  return (
    <Notice
      title={payments.length === 1 ? "One payment is on its way" : `${payments.length} payments are on their way`}
    >
      <ul>
        {payments.map(({ id, amount, openedAt }) => (
          <li key={id}>
            <Money amount={amount} className="font-medium" />, begun <Instant at={openedAt} />
          </li>
        ))}
      </ul>
      <p className="mt-1">Nothing of it is credited until it arrives, and then by itself.</p>
    </Notice>
  );
}
