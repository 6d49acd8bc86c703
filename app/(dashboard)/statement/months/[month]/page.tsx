import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Money } from "@/components/money";
import { monthText } from "@/components/statement/month";
import { BucketTable, MonthTable } from "@/components/statement/month-tables";
import { ButtonLink } from "@/components/ui/button-link";
import { DownloadLink } from "@/components/ui/download-link";
import { FigureLine } from "@/components/ui/figure-line";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { monthStatement } from "@/lib/queries/months";
import { requireAccount } from "@/lib/session/current-account";

export const metadata: Metadata = { title: "Monthly statement" };

export default async function MonthPage({ params }: { params: Promise<{ month: string }> }) {
  const account = await requireAccount();
  const month = await monthStatement(account, (await params).month);
  if (!month) notFound();
  const owes = month.closing.total.startsWith("-");
  return (
    <>
      <PageHeader
        title={`Statement ${monthText(month)}`}
        lead={
          month.isOver
            ? "The whole month, UTC. It does not change any more."
            : "The month is not over: more will come to it."
        }
        actions={
          <>
            <ButtonLink href="/statement/months" small>
              All months
            </ButtonLink>
            <DownloadLink href={`/statement/months/${month.month}/pdf`}>PDF</DownloadLink>
          </>
        }
      />
      <div className="grid max-w-3xl gap-8">
        <FigureLine
          label={month.isOver ? "Closing balance" : "Balance so far"}
          note={owes ? "Below zero is what you owe for usage." : "Promo, earned, bought and prepaid credit, together."}
        >
          <Money amount={month.closing.total} size="xl" />
        </FigureLine>
        <Section title="What happened" lead="Every figure is the ledger's: opening and lines add up to the last digit.">
          <MonthTable month={month} />
        </Section>
        <Section title="What it is made of">
          <BucketTable month={month} />
        </Section>
      </div>
    </>
  );
}
