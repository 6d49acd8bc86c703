import { Link } from "@/components/ui/link";

/** An account by the platform's name for it, leading to what is known of it. */
export function AccountLink({ account }: { account: { id: string; externalId: string } }) {
  return (
    <Link href={`/operator/accounts/${account.id}`} className="link wrap-anywhere">
      {account.externalId}
    </Link>
  );
}
