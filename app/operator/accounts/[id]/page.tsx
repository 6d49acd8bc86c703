import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { LatestEntries } from "@/components/dashboard/latest-entries";
import { AccountFacts } from "@/components/operator/account-facts";
import { AccountReviews } from "@/components/operator/account-reviews";
import { BonusFacts } from "@/components/operator/bonus-facts";
import { Folded } from "@/components/operator/folded";
import { ReasonedForm } from "@/components/operator/reasoned-form";
import { ReferralTable } from "@/components/operator/referral-table";
import { WalletFacts } from "@/components/operator/wallet-facts";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { bonusOf } from "@/lib/queries/bonus";
import { accountView } from "@/lib/queries/operator/accounts";
import { reviewsOf } from "@/lib/queries/operator/reviews";
import { ownReferral, referralsPage } from "@/lib/queries/referrals";
import { statementPage } from "@/lib/queries/statement";
import { walletOf } from "@/lib/queries/wallet";
import { requireOperator } from "@/lib/session/current-operator";
import { setHold } from "./actions";

export const metadata: Metadata = { title: "Account" };

const ENTRIES_SHOWN = 15;

/** One account to read. Its own screens show the same numbers by the same queries. */
export default async function AccountPage({ params }: { params: Promise<{ id: string }> }) {
  await requireOperator();
  const account = await accountView((await params).id);
  if (!account) notFound();
  const [wallet, bonus, { referrals, next }, referredBy, reviews, { postings }] = await Promise.all([
    walletOf(account),
    bonusOf(account),
    referralsPage(account, null),
    ownReferral(account),
    reviewsOf(account),
    statementPage(account, { below: null, size: ENTRIES_SHOWN }),
  ]);
  const isHeld = account.status === "held";
  const named = new URLSearchParams({ account: account.externalId });
  const subject = new URLSearchParams({ subject: account.externalId });
  return (
    <>
      <PageHeader
        title={account.externalId}
        lead={account.name ?? account.email}
        actions={
          <>
            <ButtonLink href={`/operator/credit?${named}`} small>
              Give credit
            </ButtonLink>
            <ButtonLink href={`/operator/refunds?${named}`} small>
              Refund
            </ButtonLink>
            <ButtonLink href={`/operator/audit?${subject}`} small look="quiet">
              Acts on it
            </ButtonLink>
          </>
        }
      />
      <div className="grid gap-8">
        <div className="grid gap-8 lg:grid-cols-2 lg:gap-10">
          <Section title="Wallet">
            <WalletFacts wallet={wallet} />
          </Section>
          <Section title="Account">
            <AccountFacts account={account} />
            {account.status !== "closed" && (
              <div className="mt-4">
                <Folded label={isHeld ? "Let it go on" : "Hold"} about={account.externalId}>
                  <ReasonedForm
                    action={setHold}
                    about={{ id: account.id, hold: isHeld ? "no" : "yes" }}
                    meaning={
                      isHeld
                        ? "Work may start on it again."
                        : "No new work may start on it until it is let go. What runs already runs on and is charged."
                    }
                    label={isHeld ? "Let this account go on" : "Hold this account"}
                    pending="One moment…"
                    look={isHeld ? "secondary" : "danger"}
                  />
                </Folded>
              </div>
            )}
          </Section>
        </div>
        <div className="grid gap-8 lg:grid-cols-2 lg:gap-10">
          <Section title="Own bonus">
            <BonusFacts bonus={bonus} />
          </Section>
          <Section title="Reviews">
            {reviews.length > 0 ? (
              <AccountReviews reviews={reviews} />
            ) : (
              <EmptyState title="Never held">Nothing about this account looked like a second one.</EmptyState>
            )}
          </Section>
        </div>
        <Section
          title="Referred accounts"
          lead={
            referredBy
              ? `This account was referred itself${referredBy.voidReason ? `; the pair is void: ${referredBy.voidReason}` : ""}.`
              : "Nobody referred this account."
          }
        >
          {referrals.length > 0 ? (
            <ReferralTable referrals={referrals} />
          ) : (
            <EmptyState title="It referred nobody">Whoever signs up by its link is listed here.</EmptyState>
          )}
          {next !== null && <p className="mt-3 text-muted text-sm">There are more: these are the latest.</p>}
        </Section>
        <Section title="Latest entries">
          {postings.length > 0 ? (
            <LatestEntries postings={postings} />
          ) : (
            <EmptyState title="Nothing has moved yet">Deposits, usage and bonuses are listed here.</EmptyState>
          )}
        </Section>
      </div>
    </>
  );
}
