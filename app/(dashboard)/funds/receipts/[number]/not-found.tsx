import { ButtonLink } from "@/components/ui/button-link";
import { PageHeader } from "@/components/ui/page-header";

/** The same for a receipt that does not exist and for one that is another's. */
export default function ReceiptNotFound() {
  return (
    <PageHeader
      title="There is no such receipt"
      lead="Its number may have been mistyped, or it belongs to an account you are not signed in to."
      actions={<ButtonLink href="/funds">Funds</ButtonLink>}
    />
  );
}
