import { ButtonLink } from "@/components/ui/button-link";
import { PageHeader } from "@/components/ui/page-header";

/** The same for what does not exist and for what is another's. */
export default function NotFound() {
  return (
    <PageHeader
      title="There is no page at this address."
      lead="It may have been mistyped, or it belongs to an account you are not signed in to."
      actions={<ButtonLink href="/dashboard">To your dashboard</ButtonLink>}
    />
  );
}
