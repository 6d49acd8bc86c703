import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DrawReport } from "@/components/bonus/draw-report";
import { LiveRefresh } from "@/components/dashboard/live-refresh";
import { Instant } from "@/components/instant";
import { PostingLink } from "@/components/statement/posting-link";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHeader } from "@/components/ui/page-header";
import { drawOf } from "@/lib/queries/draws";
import { bonusPosting } from "@/lib/queries/releases";
import { requireAccount } from "@/lib/session/current-account";

export const metadata: Metadata = { title: "Draw" };

export default async function DrawPage({ params }: { params: Promise<{ drawId: string }> }) {
  const account = await requireAccount();
  const draw = await drawOf(account, (await params).drawId);
  if (!draw) notFound();
  const posting = await bonusPosting(account, draw.drawId);
  return (
    <>
      <LiveRefresh />
      <PageHeader
        title={draw.side === "own" ? "Your new-account draw" : "A draw for your referral"}
        lead={
          draw.referredAt && (
            <>
              For an account that signed up by your link on <Instant at={draw.referredAt} precision="day" />.
            </>
          )
        }
        actions={
          <ButtonLink href="/bonus" small>
            All bonuses
          </ButtonLink>
        }
      />
      <div className="grid gap-8">
        <DrawReport draw={draw} />
        {posting && <PostingLink seq={posting} what="this bonus" />}
      </div>
    </>
  );
}
