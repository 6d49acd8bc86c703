import { notifyChanged } from "@/lib/live/notify";
import type { Context } from "@/lib/services/context";

/** A draw that nothing holds, waiting for its round. */
export interface QueuedDraw {
  lane: number;
  id: string;
  program: string;
  terms_id: number;
  region: string | null;
  beneficiary_id: string;
}

/** Draws of one program looked at in one pass: a program without budget does not stand in another's way. */
export const WINDOW = 1_000;

/** The next draws of every program, in the order they became due, the referred's before its referrer's. */
export const firstInLine = ({ db }: Context) => db.$client<QueuedDraw[]>`
  select next.lane, next.id, next.program, next.terms_id, next.region, next.beneficiary_id
    from program_settings s
   cross join lateral (
     select lane, id, program, terms_id, region, beneficiary_id, due_at, kind from draws
      where state = 'queued' and program = s.program order by due_at, kind, id limit ${WINDOW}) next
   order by next.due_at, next.kind, next.id`;

/** Tells everybody whose draw waits for room in a program why it does. */
export async function tellWaiting({ db }: Context, programs: readonly string[]): Promise<void> {
  if (programs.length === 0) return;
  const told = await db.$client<{ beneficiary_id: string }[]>`
    update draws d set held_reason = case when s.paused then 'paused' else 'budget' end
      from program_settings s
     where s.program in ${db.$client(programs)} and d.program = s.program and d.state = 'queued'
       and d.held_reason is distinct from case when s.paused then 'paused' else 'budget' end
    returning d.beneficiary_id`;
  notifyChanged(
    db,
    told.map(({ beneficiary_id }) => beneficiary_id),
  );
}
