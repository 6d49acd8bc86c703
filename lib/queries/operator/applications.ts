import "server-only";
import { connection } from "next/server";
import { db, rawOf } from "@/db/client";
import { termsBook } from "@/lib/ledger/terms-book";
import { amountText } from "@/lib/money/format";
import { betaGate } from "@/lib/services/referrals/gate";
import { listApplications, type NamedApplication } from "@/lib/services/referrals/list-applications";

/** A referrer's application for the release of what the beta program holds. */
export interface ApplicationView {
  reference: string;
  account: { id: string; externalId: string };
  /** ISO 8601 */
  submittedAt: string;
  state: "submitted" | "accepted" | "declined";
  decidedAt: string | null;
  /** What the referrer was told. */
  reason: string | null;
}

/** The two conditions as they stand now. */
export interface GateView {
  accounts: { have: number; need: number };
  /** Exact decimal dollars. */
  spend: { have: string; need: string; met: boolean };
  met: boolean;
}

export interface WaitingApplication extends ApplicationView {
  /** Null where the referrer has no pair under the beta terms any more. */
  gate: GateView | null;
}

const DECIDED_SHOWN = 20;
/** Of these, newest first, those that wait are shown, and the last decided. */
const LOOKED_AT_MAX = 1_000;

const toView = ({ application, account }: NamedApplication): ApplicationView => ({
  reference: application.reference,
  account: { id: application.accountId, externalId: account },
  submittedAt: application.submittedAt.toISOString(),
  state: application.state,
  decidedAt: application.decidedAt?.toISOString() ?? null,
  reason: application.reason,
});

/** Those that wait, the oldest first, and those decided last. */
export async function applicationsToDecide(): Promise<{ waiting: WaitingApplication[]; decided: ApplicationView[] }> {
  await connection();
  const all = await listApplications(db(), { limit: LOOKED_AT_MAX, after: null });
  const open = all.filter(({ application }) => application.state === "submitted").reverse();
  const waiting = await db().transaction(
    async (tx) => {
      const views: WaitingApplication[] = [];
      for (const one of open) {
        const { lane, accountId } = one.application;
        const gate = await betaGate(rawOf(tx), termsBook(db()), { lane, id: accountId });
        views.push({ ...toView(one), gate: gate && toGate(gate) });
      }
      return views;
    },
    { accessMode: "read only" },
  );
  const decided = all.filter(({ application }) => application.state !== "submitted").map(toView);
  const at = ({ decidedAt }: ApplicationView) => decidedAt ?? "";
  return { waiting, decided: decided.sort((a, b) => at(b).localeCompare(at(a))).slice(0, DECIDED_SHOWN) };
}

type Gate = NonNullable<Awaited<ReturnType<typeof betaGate>>>;

const toGate = ({ accounts, spend, met }: Gate): GateView => ({
  accounts,
  spend: { have: amountText(spend.have), need: amountText(spend.need), met: spend.have >= spend.need },
  met,
});
