import "server-only";
import { connection } from "next/server";
import { db } from "@/db/client";

/** What waits for an operator, as counts. */
export interface Waiting {
  reviews: number;
  applications: number;
  credits: number;
  refunds: number;
  /** Closed accounts whose unspent money was not given back yet. */
  closings: number;
  quarantined: number;
  /** Questions that nobody answered yet. */
  questions: number;
  /** Draws that wait for room in their program's budget. */
  queuedDraws: number;
  pausedPrograms: number;
  /** When the oldest of each came, ISO 8601; null where none waits. */
  oldest: Record<
    "review" | "application" | "credit" | "refund" | "closing" | "event" | "draw" | "question",
    string | null
  >;
}

interface Row {
  reviews: number;
  review: Date | null;
  applications: number;
  application: Date | null;
  credits: number;
  credit: Date | null;
  refunds: number;
  refund: Date | null;
  closings: number;
  closing: Date | null;
  quarantined: number;
  event: Date | null;
  queued: number;
  draw: Date | null;
  paused: number;
  questions: number;
  question: Date | null;
}

export async function waiting(): Promise<Waiting> {
  await connection();
  const [row] = await db().$client<Row[]>`
    select r.*, a.*, c.*, b.*, o.*, q.*, d.*, s.*,
           (select count(*)::int from program_settings where paused) as paused
      from (select count(*)::int as reviews, min(opened_at) as review from reviews where state = 'open') r,
           (select count(*)::int as applications, min(submitted_at) as application
              from applications where state = 'submitted') a,
           (select count(*)::int as credits, min(requested_at) as credit
              from credit_requests where state = 'waiting') c,
           (select count(*)::int as refunds, min(requested_at) as refund
              from refund_requests where state = 'waiting') b,
           (select count(*)::int as closings, min(closed_at) as closing from account_closings where owed > 0) o,
           (select count(*)::int as quarantined, min(received_at) as event from quarantine) q,
           (select count(*)::int as queued, min(due_at) as draw from draws where state = 'queued') d,
           (select count(*)::int as questions, min(asked_at) as question from support_requests where state = 'open') s`;
  if (!row) throw new Error("Nothing was counted");
  const { reviews, applications, credits, refunds, closings, quarantined, questions, queued, paused } = row;
  const text = (at: Date | null) => at && new Date(at).toISOString();
  return {
    reviews,
    applications,
    credits,
    refunds,
    closings,
    quarantined,
    questions,
    queuedDraws: queued,
    pausedPrograms: paused,
    oldest: {
      review: text(row.review),
      application: text(row.application),
      credit: text(row.credit),
      refund: text(row.refund),
      closing: text(row.closing),
      event: text(row.event),
      draw: text(row.draw),
      question: text(row.question),
    },
  };
}
