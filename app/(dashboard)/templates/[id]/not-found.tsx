import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";

export default function TemplateNotFound() {
  return (
    <>
      <PageHeader title="No such template" />
      <EmptyState
        title="You have no template of this name"
        action={<ButtonLink href="/templates">Your templates</ButtonLink>}
      >
        It may belong to another account, or the platform has not registered it yet.
      </EmptyState>
    </>
  );
}
