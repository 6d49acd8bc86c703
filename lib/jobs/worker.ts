import { Logger, run } from "graphile-worker";
import { z } from "zod";
import { connect } from "@/db/client";
import { readEnv } from "@/lib/env";
import { makeMonthsAhead } from "@/lib/ledger/months/partitions";
import { endWithNotices } from "@/lib/live/notify";
import { payments } from "@/lib/payments/configured";
import { judgeLevels } from "@/lib/services/alerts/judge-levels";
import { forgetPayers } from "@/lib/services/funds/forget-payers";
import { sendWaitingRefunds } from "@/lib/services/funds/send-refund";
import { postWaitingReversals } from "@/lib/services/funds/take-money-back";
import { lookAhead } from "@/lib/services/notifications/look-ahead";
import { mailOut } from "@/lib/services/notifications/mail-out";
import { settleDue } from "@/lib/services/programs/settle-due";
import { nameSeller } from "@/lib/services/receipts/name-seller";
import { ownSeller } from "@/lib/services/receipts/own-seller";
import { makeForecasts } from "@/lib/services/referrals/make-forecasts";
import { scoreForecasts } from "@/lib/services/referrals/score-forecasts";
import { runTopUps, topUpWork } from "@/lib/services/top-ups/run-top-ups";
import { deliverTo, endpointsDue } from "@/lib/services/webhooks/deliver";
import { ownRules } from "@/lib/services/webhooks/own-rules";
import { ChangedAccounts } from "./changed-accounts";

/** How often what is due is posted: draws are waited for, so often. The promise is 60 s. */
const SETTLE_EVERY_MS = 2_000;
/** How often webhooks are looked for that are to be sent. */
const DELIVER_EVERY_MS = 1_000;
/** How often the months to come are looked for, where usage events are kept by month. */
const MONTHS_EVERY_MS = 6 * 3_600_000;
/** How often mail is looked for that is to be sent. */
const MAIL_EVERY_MS = 2_000;
/** How often it is looked for what ends within days. */
const LOOK_AHEAD_EVERY_MS = 10 * 60_000;
/** How often it is looked for who is to be topped up, and for top-ups under way. */
const TOP_UP_EVERY_MS = 5_000;
/** How often it is looked for who has crossed a level of credit. */
const LEVELS_EVERY_MS = 2_000;
/** How often refunds are looked for that the provider did not answer, and what it told that was not posted. */
const GIVE_BACK_EVERY_MS = 60_000;
/** How often closed accounts are looked for whose cards the provider still has. */
const FORGET_EVERY_MS = 30_000;
/** How often referrals are looked for that have no forecast this week, and windows that ended. */
const FORECAST_EVERY_MS = 60_000;
/** Jobs at once: what is posted, what is looked for, and as many endpoints, each of which may be slow. */
const JOBS_AT_ONCE = 6;

const ToEndpoint = z.object({ endpointId: z.uuid() });

/** One of each is waiting at any time, and goes before what it finds to be done. */
const settle = { jobKey: "settle", priority: -2 };
const deliver = { jobKey: "deliver", priority: -1 };
const months = { jobKey: "months" };
const mail = { jobKey: "mail", priority: -1 };
const topUp = { jobKey: "top_up", priority: -1 };
const levels = { jobKey: "levels", priority: -1 };
const ahead = { jobKey: "ahead", priority: -1 };
const giveBack = { jobKey: "give_back", priority: -1 };
const forget = { jobKey: "forget_payers", priority: -1 };

/** After everything that somebody waits for. */
const forecastJob = { jobKey: "forecast", priority: 1 };

const worthALine: ReadonlySet<string> = new Set(["error", "warning"]);

/** What is routine, every two seconds, is not worth a line. */
const logger = new Logger(() => (level, message) => {
  if (worthALine.has(level)) console.error(message);
});

/** `npm run worker`: what happens by itself. Jobs run at least once, so each is safe to repeat. */
async function main(): Promise<void> {
  const env = readEnv(["DATABASE_URL", "BEACON_SECRET", "NEXTAUTH_URL", "NEXTAUTH_SECRET", "SMTP_URL"]);
  const { DATABASE_URL, BEACON_SECRET } = env;
  const setting = { origin: new URL(env.NEXTAUTH_URL).origin, secret: env.NEXTAUTH_SECRET };
  const rules = ownRules();
  const seller = ownSeller();
  const db = connect({ url: DATABASE_URL, connectionsMax: 4, applicationName: "tenspot-worker" });
  const ctx = { db, clock: () => new Date() };
  const changed = new ChangedAccounts(db);
  const beaconSecret = Buffer.from(BEACON_SECRET, "hex");
  await nameSeller(ctx, seller);
  const runner = await run({
    connectionString: DATABASE_URL,
    logger,
    concurrency: JOBS_AT_ONCE,
    pollInterval: 500,
    noHandleSignals: true,
    parsedCronItems: [],
    taskList: {
      settle: async (_payload, { addJob }) => {
        try {
          await settleDue(ctx, beaconSecret);
        } finally {
          await addJob("settle", {}, { ...settle, runAt: new Date(Date.now() + SETTLE_EVERY_MS) });
        }
      },
      deliver: async (_payload, { addJob }) => {
        try {
          // A queue for each endpoint: one that is slow keeps nobody waiting but itself.
          for (const endpointId of await endpointsDue(ctx)) {
            const key = `deliver:${endpointId}`;
            await addJob("deliver_to", { endpointId }, { jobKey: key, queueName: key, maxAttempts: 1 });
          }
        } finally {
          await addJob("deliver", {}, { ...deliver, runAt: new Date(Date.now() + DELIVER_EVERY_MS) });
        }
      },
      months: async (_payload, { addJob }) => {
        try {
          await makeMonthsAhead(db.$client);
        } finally {
          await addJob("months", {}, { ...months, runAt: new Date(Date.now() + MONTHS_EVERY_MS) });
        }
      },
      mail: async (_payload, { addJob }) => {
        try {
          await mailOut(ctx, setting);
        } finally {
          await addJob("mail", {}, { ...mail, runAt: new Date(Date.now() + MAIL_EVERY_MS) });
        }
      },
      ahead: async (_payload, { addJob }) => {
        try {
          await lookAhead(ctx);
        } finally {
          await addJob("ahead", {}, { ...ahead, runAt: new Date(Date.now() + LOOK_AHEAD_EVERY_MS) });
        }
      },
      top_up: async (_payload, { addJob }) => {
        try {
          const work = await topUpWork(ctx);
          // The payment provider is asked for only where there is somebody to charge.
          if (work.low.length + work.left.length > 0) await runTopUps({ ...ctx, payments: payments() }, work);
        } finally {
          await addJob("top_up", {}, { ...topUp, runAt: new Date(Date.now() + TOP_UP_EVERY_MS) });
        }
      },
      levels: async (_payload, { addJob }) => {
        const ids = changed.take();
        try {
          if (ids === null) await judgeLevels(ctx);
          else if (ids.length > 0) await judgeLevels(ctx, ids);
        } catch (error) {
          changed.lookAtEverybody();
          throw error;
        } finally {
          await addJob("levels", {}, { ...levels, runAt: new Date(Date.now() + LEVELS_EVERY_MS) });
        }
      },
      give_back: async (_payload, { addJob }) => {
        try {
          await postWaitingReversals(ctx);
          await sendWaitingRefunds(ctx, payments);
        } finally {
          await addJob("give_back", {}, { ...giveBack, runAt: new Date(Date.now() + GIVE_BACK_EVERY_MS) });
        }
      },
      forget_payers: async (_payload, { addJob }) => {
        try {
          await forgetPayers(ctx, payments);
        } finally {
          await addJob("forget_payers", {}, { ...forget, runAt: new Date(Date.now() + FORGET_EVERY_MS) });
        }
      },
      forecast: async (_payload, { addJob }) => {
        try {
          await scoreForecasts(ctx);
          await makeForecasts(ctx);
        } finally {
          await addJob("forecast", {}, { ...forecastJob, runAt: new Date(Date.now() + FORECAST_EVERY_MS) });
        }
      },
      deliver_to: async (payload) => {
        await deliverTo(ctx, ToEndpoint.parse(payload).endpointId, rules);
      },
    },
  });
  await runner.addJob("settle", {}, settle);
  await runner.addJob("deliver", {}, deliver);
  await runner.addJob("months", {}, months);
  await runner.addJob("mail", {}, mail);
  await runner.addJob("ahead", {}, ahead);
  await runner.addJob("top_up", {}, topUp);
  await runner.addJob("levels", {}, levels);
  await runner.addJob("give_back", {}, giveBack);
  await runner.addJob("forget_payers", {}, forget);
  await runner.addJob("forecast", {}, forecastJob);
  const stop = () => void runner.stop().then(() => endWithNotices(db));
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  console.log("The worker runs");
  await runner.promise;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
