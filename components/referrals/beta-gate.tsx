import type { ReactNode } from "react";
import { Checklist } from "@/components/checklist/checklist";
import { Instant } from "@/components/instant";
import { Money } from "@/components/money";
import { moneyText } from "@/components/money-text";
import { percentOf } from "@/components/percent";
import { FigureLine } from "@/components/ui/figure-line";
import { Notice } from "@/components/ui/notice";
import { ProgressBar } from "@/components/ui/progress-bar";
import type { ShownCondition } from "@/lib/programs/checklist-text";

interface BetaGateProps {
  /** Exact decimal dollars. */
  pending: string;
  accounts: { have: number; need: number };
  spend: { have: string; need: string };
  application: {
    state: "submitted" | "accepted" | "declined";
    /** ISO 8601 */
    submittedAt: string;
    decidedAt: string | null;
    /** The operator's words. */
    reason: string | null;
  } | null;
  /** ISO 8601; when a declined referrer may apply again. */
  againAt: string | null;
  conditions: readonly ShownCondition[];
  /** The form to apply with; null where an application would not be taken. */
  apply: ReactNode;
}

/** What the beta terms hold, how far both parts of the gate are, and what became of the application. */
export function BetaGate({ pending, accounts, spend, application, againAt, conditions, apply }: BetaGateProps) {
  const isOpen = application?.state === "accepted";
  return (
    <div className="grid gap-4">
      <div className="grid items-start gap-x-10 gap-y-4 lg:grid-cols-2">
        <FigureLine label="Pending under the beta terms" note="As of the last sweep. Nothing of it is lost.">
          <Money amount={pending} size="lg" />
        </FigureLine>
        {!isOpen && (
          <div className="grid gap-3 text-sm">
            <div>
              <p className="mb-1">
                {accounts.have.toLocaleString("en-US")} of {accounts.need.toLocaleString("en-US")} referred accounts
                with paid spend
              </p>
              <ProgressBar
                label="Referred accounts with paid spend"
                percent={percentOf(String(accounts.have), String(accounts.need))}
                valueText={`${accounts.have} of ${accounts.need}`}
              />
            </div>
            <div>
              <p className="mb-1">
                <Money amount={spend.have} /> of <Money amount={spend.need} /> spent by them together
              </p>
              <ProgressBar
                label="Paid spend of referred accounts together"
                percent={percentOf(spend.have, spend.need)}
                valueText={`${moneyText(spend.have).exact} of ${moneyText(spend.need).floored}`}
              />
            </div>
          </div>
        )}
      </div>
      <Outcome application={application} againAt={againAt} />
      {!isOpen && <Checklist conditions={conditions} audience="owner" />}
      {apply}
    </div>
  );
}

function Outcome({ application, againAt }: Pick<BetaGateProps, "application" | "againAt">) {
  if (application === null) return null;
  const { state, submittedAt, decidedAt, reason } = application;
  const said = reason !== null && <> They wrote: “{reason}”</>;
  switch (state) {
    case "submitted":
      return (
        <Notice title="You applied">
          Sent <Instant at={submittedAt} />. An operator decides; until then everything stays pending.
        </Notice>
      );
    case "accepted":
      return (
        <Notice title="Your application was accepted">
          {decidedAt && <Instant at={decidedAt} />}. What was pending is released with the next sweep, and what you earn
          from now on goes straight to your earned credit.{said}
        </Notice>
      );
    case "declined":
      return (
        <Notice look="warn" title="Your application was declined">
          {decidedAt && <Instant at={decidedAt} />}.{said} Nothing is lost: everything stays pending
          {againAt && (
            <>
              , and you may apply again from <Instant at={againAt} precision="second" />
            </>
          )}
          .
        </Notice>
      );
  }
}
