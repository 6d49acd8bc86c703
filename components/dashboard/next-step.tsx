import { Money } from "@/components/money";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";

interface NextStepProps {
  /** Exact decimal dollars. */
  available: string;
  arrears: string;
  deposited: string;
  charged: string;
  /** What starts the bonus; null where none is to come. */
  offer: string | null;
}

/** The one thing to do next, where there is one. */
export function NextStep({ available, arrears, deposited, charged, offer }: NextStepProps) {
  if (arrears !== "0") {
    return (
      <Notice look="warn" title="Your usage went beyond your balance" action={<PayIn>Pay in</PayIn>}>
        <Money amount={arrears} /> are not paid yet. Your next deposit pays them first; what is left of it is yours to
        spend.
      </Notice>
    );
  }
  if (deposited === "0" && available === "0") {
    return (
      <Notice title="Pay in $10 to start" action={<PayIn>Pay in $10</PayIn>}>
        Your work runs on what you pay in; nothing is charged that is not used. {offer}
      </Notice>
    );
  }
  if (available === "0") {
    return (
      <Notice look="warn" title="Your credit is used up" action={<PayIn>Pay in</PayIn>}>
        Work that needs credit cannot start or go on until you pay in.
      </Notice>
    );
  }
  if (charged === "0") {
    return (
      <Notice title="Your credit is ready: start something">
        Nothing has been used yet. As soon as a pod, an endpoint or a volume of yours runs, its usage appears here by
        itself.
      </Notice>
    );
  }
  return null;
}

const PayIn = ({ children }: { children: string }) => (
  <ButtonLink href="/funds" look="primary">
    {children}
  </ButtonLink>
);
