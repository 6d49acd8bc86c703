import { ButtonLink } from "@/components/ui/button-link";
import { PageHeader } from "@/components/ui/page-header";

/** The same for a posting that does not exist and for one that is another's. */
export default function PostingNotFound() {
  return (
    <PageHeader
      title="There is no such posting"
      lead="Its address may have been mistyped, or it belongs to an account you are not signed in to."
      actions={<ButtonLink href="/statement">Statement</ButtonLink>}
    />
  );
}
