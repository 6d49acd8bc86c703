import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Instant } from "@/components/instant";
import { EntryTable } from "@/components/statement/entry-table";
import { postingTitle } from "@/components/statement/posting-text";
import { ChargeWhy } from "@/components/statement/why/charge-why";
import { CreditLots } from "@/components/statement/why/credit-lots";
import { EarningWhy } from "@/components/statement/why/earning-why";
import { PaidBy } from "@/components/statement/why/paid-by";
import { ButtonLink } from "@/components/ui/button-link";
import { Digest } from "@/components/ui/digest";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { whyPosting } from "@/lib/queries/why/posting";
import { requireAccount } from "@/lib/session/current-account";

export const metadata: Metadata = { title: "Why this cent" };

export default async function PostingPage({ params }: { params: Promise<{ posting: string }> }) {
  const account = await requireAccount();
  const why = await whyPosting(account, (await params).posting);
  if (!why) notFound();
  const { seq, at, cause, explains, entries, charge, paidBy, lots, earning, terms, depositSeq } = why;
  return (
    <>
      <PageHeader
        title={postingTitle(why)}
        lead={
          <>
            Posting {seq}, <Instant at={at} precision="millisecond" />
          </>
        }
        actions={
          <ButtonLink href="/statement" small>
            Statement
          </ButtonLink>
        }
      />
      <div className="grid gap-8">
        {charge && (
          <Section title="The usage and its price">
            <ChargeWhy charge={charge} />
          </Section>
        )}
        {paidBy.length > 0 && (
          <Section
            title="Which credit paid"
            lead="Promo, earned, bought, then prepaid credit; within each what expires soonest, then the oldest."
          >
            <PaidBy parts={paidBy} />
          </Section>
        )}
        {earning && (
          <Section title="How it was earned" lead={`Program ${earning.program}.`}>
            <EarningWhy earning={earning} />
          </Section>
        )}
        {(explains.draw || explains.lot || terms || depositSeq) && (
          <Section title="Where it comes from">
            <ul className="grid max-w-prose list-disc gap-1 pl-5 text-sm">
              {explains.draw && (
                <li>
                  Its amount follows from{" "}
                  <Link className="link" href={`/bonus/${explains.draw}`}>
                    this draw, which anyone can check
                  </Link>
                  .
                </li>
              )}
              {terms && (
                <li>
                  The terms: {terms.program}, version {terms.version}, pinned when the account or the pair was made.
                </li>
              )}
              {explains.reason && <li>The reason: {explains.reason}.</li>}
              {explains.lot && (
                <li>
                  It is what was left of{" "}
                  <Link className="link" href={`/statement/${explains.lot}`}>
                    the credit of posting {explains.lot}
                  </Link>
                  .
                </li>
              )}
              {depositSeq && (
                <li>
                  It is about{" "}
                  <Link className="link" href={`/statement/${depositSeq}`}>
                    this deposit, posting {depositSeq}
                  </Link>
                  .
                </li>
              )}
            </ul>
          </Section>
        )}
        {lots.length > 0 && (
          <Section title="What became of this credit">
            <CreditLots lots={lots} />
          </Section>
        )}
        <Section title="The ledger entries">
          <EntryTable seq={seq} entries={entries} />
          <p className="mt-2 text-muted text-xs">
            Cause <Digest>{cause}</Digest>
          </p>
        </Section>
      </div>
    </>
  );
}
