import type { Metadata } from "next";
import { Money } from "@/components/money";
import { moneyText } from "@/components/money-text";
import { CloseForm } from "@/components/settings/close-form";
import { ButtonLink } from "@/components/ui/button-link";
import { DownloadLink } from "@/components/ui/download-link";
import { Fact, Facts } from "@/components/ui/facts";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { closingView } from "@/lib/queries/closing";
import { requireAccount } from "@/lib/session/current-account";
import { closeOwnAccount } from "./actions";

export const metadata: Metadata = { title: "Close your account" };

export default async function ClosePage() {
  const account = await requireAccount();
  const { paid, promo, earned, pending, arrears, openWork } = await closingView(account);
  return (
    <>
      <PageHeader
        title="Close your account"
        lead="For good: nobody can open it again, and a new account with your address is no new customer."
        actions={
          <ButtonLink href="/settings" small>
            Back to settings
          </ButtonLink>
        }
      />
      <div className="grid gap-8">
        {openWork > 0 && (
          <Notice look="warn" title="Your work may still run">
            {openWork === 1 ? "One piece of work is" : `${openWork} pieces of work are`} authorized and holds credit.
            Stop it where you started it; then you can close the account.
          </Notice>
        )}
        <Section title="What becomes of your credit">
          <Facts className="max-w-2xl">
            <Fact term="Prepaid and not spent" note="You choose below: given back, or given up.">
              <Money amount={paid} />
            </Fact>
            <Fact term="Promo credit" note="It lapses: bonuses cannot be paid out.">
              <Money amount={promo} />
            </Fact>
            <Fact term="Earned credit" note="It lapses: spend it first, or leave it.">
              <Money amount={earned} />
            </Fact>
            {pending !== "0" && (
              <Fact term="Pending earnings" note="They lapse with their gate.">
                <Money amount={pending} />
              </Fact>
            )}
            {arrears !== "0" && (
              <Fact term="Arrears" note="Usage not paid for. Closing does not settle it.">
                <Money amount={arrears} />
              </Fact>
            )}
          </Facts>
        </Section>
        <Section title="What goes and what stays">
          <ul className="grid max-w-prose list-disc gap-1 pl-5 text-sm">
            <li>Gone at once: your name, your address, your ways to sign in, your sessions, keys and notifications.</li>
            <li>
              Automatic top-up ends, and the payment provider deletes your cards within minutes. What you paid stays in
              its books.
            </li>
            <li>
              Kept: the books, under the account's number alone, and a keyed hash of your address, so that nobody is a
              new customer twice.
            </li>
            <li>Usage that is reported late is charged to what is left of your money, then written off.</li>
            <li>Who referred you keeps what they earned. Your own link leads nowhere from now on.</li>
          </ul>
          <div className="mt-3">
            <DownloadLink href="/settings/export">Export your data first</DownloadLink>
          </div>
        </Section>
        <Section title="Close it">
          <CloseForm
            action={closeOwnAccount}
            email={account.user.email}
            unspent={paid === "0" ? null : moneyText(paid).floored}
          />
        </Section>
      </div>
    </>
  );
}
