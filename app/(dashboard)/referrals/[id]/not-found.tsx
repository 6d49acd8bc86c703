import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";

export default function ReferralNotFound() {
  return (
    <>
      <PageHeader title="No such referral" />
      <EmptyState
        title="You have no referral of this number"
        action={<ButtonLink href="/referrals">Your referrals</ButtonLink>}
      >
        It may be another account’s. Each of yours is listed with your link.
      </EmptyState>
    </>
  );
}
