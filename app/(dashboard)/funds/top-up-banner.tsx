import { TopUpAsked, TopUpSuspended } from "@/components/funds/top-up-notices";
import { autoTopUpOf, latestTopUpOf } from "@/lib/queries/top-ups";
import { requireAccount } from "@/lib/session/current-account";
import { confirmOwnTopUp } from "./top-up-actions";

/** What automatic top-up needs of its owner; nothing where it needs nothing. */
export async function TopUpBanner({ link = false }: { /** Whether it leads to the settings. */ link?: boolean }) {
  const account = await requireAccount();
  const [settings, latest] = await Promise.all([autoTopUpOf(account), latestTopUpOf(account)]);
  return (
    <>
      {latest?.state === "asked" && <TopUpAsked topUp={latest} confirm={confirmOwnTopUp} />}
      {settings?.state === "suspended" && <TopUpSuspended reason={settings.reason ?? ""} link={link} />}
    </>
  );
}
