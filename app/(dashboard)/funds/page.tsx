import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { LiveRefresh } from "@/components/dashboard/live-refresh";
import { CardOutcome, type CardOutcomeKind } from "@/components/funds/card-outcome";
import { DepositTable } from "@/components/funds/deposit-table";
import { PayInForm } from "@/components/funds/pay-in-form";
import { PaymentOutcome } from "@/components/funds/payment-outcome";
import { PaymentsUnderWay } from "@/components/funds/payments-under-way";
import { LiveMoney } from "@/components/live-money";
import { Money } from "@/components/money";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { FigureLine } from "@/components/ui/figure-line";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { amountText } from "@/lib/money/format";
import { dollarsPlain } from "@/lib/programs/phrases";
import { cardSetupOf } from "@/lib/queries/cards";
import { depositsOf, paymentOf, paymentsUnderWay } from "@/lib/queries/deposits";
import { latestTopUpOf } from "@/lib/queries/top-ups";
import { walletOf } from "@/lib/queries/wallet";
import { CHECKOUT_MAX, CHECKOUT_MIN, CHECKOUT_PRESETS } from "@/lib/services/funds/checkout-amounts";
import { type CurrentAccount, requireAccount } from "@/lib/session/current-account";
import { payIn } from "./actions";
import { AlertSection } from "./alert-section";
import { CardsSection } from "./cards-section";
import { TopUpBanner } from "./top-up-banner";
import { TopUpSection } from "./top-up-section";

export const metadata: Metadata = { title: "Funds" };

const DEPOSITS_SHOWN = 20;

const presets = CHECKOUT_PRESETS.map((amount) => ({ value: amountText(amount), label: dollarsPlain(amount) }));
const bounds = `from ${dollarsPlain(CHECKOUT_MIN)} to ${dollarsPlain(CHECKOUT_MAX)}`;

type Search = Record<string, string | string[] | undefined>;

export default async function FundsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const account = await requireAccount();
  const search = await searchParams;
  const before = readPlace(search.before);
  const [wallet, page, underWay, outcome, cardOutcome] = await Promise.all([
    walletOf(account),
    depositsOf(account, { limit: DEPOSITS_SHOWN, ...(before === null ? {} : { before }) }),
    paymentsUnderWay(account),
    outcomeOf(account, search),
    cardOutcomeOf(account, search),
  ]);
  return (
    <>
      <LiveRefresh />
      <PageHeader title="Funds" lead="Your work runs on what you pay in; bonuses and what you earned are used first." />
      <div className="grid gap-8">
        {outcome && <PaymentOutcome outcome={outcome} />}
        {cardOutcome && <CardOutcome kind={cardOutcome} />}
        <TopUpBanner />
        {underWay.length > 0 && outcome?.kind !== "processing" && <PaymentsUnderWay payments={underWay} />}
        <FigureLine
          label="Prepaid balance"
          note={
            wallet.arrears === "0" ? (
              <>
                With your other credit, <Money amount={wallet.available} /> can be spent now.
              </>
            ) : (
              <>
                You owe <Money amount={wallet.arrears} /> for usage beyond it; your next deposit pays that first.
              </>
            )
          }
        >
          <LiveMoney amount={wallet.paid} size="xl" />
        </FigureLine>
        <Section
          title="Pay in"
          lead="You pay on the payment provider's page, by card or, where it offers them, with stablecoins. What arrives is credited at once."
        >
          <PayInForm
            action={payIn}
            presets={presets}
            bounds={bounds}
            chosen={presets[0]?.value ?? ""}
            attempt={randomUUID()}
          />
        </Section>
        <CardsSection />
        <TopUpSection />
        <AlertSection />
        <Section title="Deposits">
          {page.deposits.length > 0 ? (
            <DepositTable deposits={page.deposits} />
          ) : (
            <EmptyState title="No deposits yet">
              Choose an amount above. A declined or abandoned payment leaves no trace: only money that arrived is
              listed.
            </EmptyState>
          )}
          <div className="mt-3 flex gap-2">
            {before !== null && (
              <ButtonLink href="/funds" small>
                Latest
              </ButtonLink>
            )}
            {page.next !== null && (
              <ButtonLink href={`/funds?before=${page.next}`} small>
                Older
              </ButtonLink>
            )}
          </div>
        </Section>
      </div>
    </>
  );
}

const given = (value: Search[string]): string | undefined => [value].flat()[0];

/** Where the page before ended; what is not ours is read as the beginning. */
function readPlace(value: Search[string]): bigint | null {
  const text = given(value) ?? "";
  return /^[0-9]{1,18}$/.test(text) ? BigInt(text) : null;
}

/** What to tell somebody who comes back from the payment page: the address names a payment, the books say the rest. */
async function outcomeOf(account: CurrentAccount, search: Search) {
  if (given(search["top-up"]) === "returned") return topUpOutcomeOf(account);
  switch (given(search.payment)) {
    case "cancelled":
      return { kind: "cancelled" } as const;
    case "returned": {
      const payment = await paymentOf(account, given(search.checkout) ?? "");
      return payment ? { kind: payment.status, amount: payment.amount } : ({ kind: "unknown" } as const);
    }
    default:
      return null;
  }
}

/** The same of a top-up that its card's bank asked about. */
async function topUpOutcomeOf(account: CurrentAccount) {
  const topUp = await latestTopUpOf(account);
  if (topUp === null) return { kind: "unknown" } as const;
  const { state, amount } = topUp;
  return { kind: state === "paid" || state === "failed" ? state : ("open" as const), amount };
}

/** The same of a page on which a card was to be saved. */
async function cardOutcomeOf(account: CurrentAccount, search: Search): Promise<CardOutcomeKind | null> {
  switch (given(search.method)) {
    case "cancelled":
      return "cancelled";
    case "returned":
      return (await cardSetupOf(account, given(search.checkout) ?? "")) ?? "unknown";
    default:
      return null;
  }
}
