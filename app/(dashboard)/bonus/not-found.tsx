import { ButtonLink } from "@/components/ui/button-link";
import { PageHeader } from "@/components/ui/page-header";

/** The same for a draw that does not exist and for one that is another's. */
export default function DrawNotFound() {
  return (
    <PageHeader
      title="There is no such draw"
      lead="Its address may have been mistyped, or it belongs to an account you are not signed in to."
      actions={<ButtonLink href="/bonus">All bonuses</ButtonLink>}
    />
  );
}
