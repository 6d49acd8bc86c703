import { ButtonLink } from "@/components/ui/button-link";
import { PageHeader } from "@/components/ui/page-header";

/** For what is no month, for one before the first posting, and for one to come. */
export default function MonthNotFound() {
  return (
    <PageHeader
      title="There is no statement of that month"
      lead="Statements begin with the month of your first deposit or credit, and end with this one."
      actions={<ButtonLink href="/statement/months">All months</ButtonLink>}
    />
  );
}
