import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { settleDue } from "@/lib/services/programs/settle-due";
import { registerTemplate } from "@/lib/services/templates/register-template";
import { openBooks, settled } from "./testing/books";
import { fill } from "./testing/filler";
import { Recorder, wholeTables } from "./testing/recorded";
import { customerScreens, operatorScreens, type ScreensOf } from "./testing/screens";

vi.mock("server-only", () => ({}));
vi.mock("next/server", () => ({ connection: async () => {} }));

/** Tables that grow with customers, their usage or what comes of it: whoever reads one reads the rows it needs. */
const growing: ReadonlySet<string> = new Set([
  ...["accounts", "account_names", "account_owners", "wallets", "enrolments", "referrals", "referral_codes"],
  ...["usage_events", "event_keys", "usage_days", "unclaimed_usage", "template_days", "template_users", "templates"],
  ...["template_totals", "postings", "transfers", "balances", "balance_marks", "deposits", "reversals", "grants"],
  ...["draws", "rewards", "credit_expiries", "accrual_outbox", "earnings", "referrer_moves", "referrer_totals"],
  ...["checkouts", "notifications", "link_follows", "applications", "quarantine", "reviews", "account_visits"],
  ...[
    "webhook_events",
    "webhook_deliveries",
    "webhook_attempts",
    "audit_log",
    "api_keys",
    "cluster_joins",
    "account_closings",
  ],
]);

/** Reads that go through a table whole, and why they may. */
const allowed: Readonly<Record<string, string>> = {
  "waiting quarantine": "what waits for its account is counted whole; an operator keeps it small",
  "quarantinedSubjects quarantine": "the same, by whom it waits for",
};

const FRIENDS = 20;
/** Rows that a table has at least. */
const FILLED = 500;
let books: Awaited<ReturnType<typeof openBooks>>;
let recorder: Recorder;
let of: ScreensOf;
/** Indexes that their own condition keeps small. */
let partial: ReadonlySet<string>;

beforeAll(async () => {
  books = await openBooks();
  const owner = postgres(books.url("owner"), { max: 1, onnotice: () => {} });
  const account = await books.account({ externalId: "busy" });
  const [row] = await owner<{ code: string }[]>`select referral_code as code from accounts where id = ${account.id}`;
  await settled(registerTemplate(books.ctx, { externalId: "template", creator: account, name: "Template" }));
  for (let friend = 0; friend < FRIENDS; friend += 1) {
    const opened = await books.account({ externalId: `friend-${friend}`, referralCode: row?.code ?? "" });
    await books.deposit(opened, "20");
  }
  await books.deposit(account, "100");
  const subjects = ["busy", ...Array.from({ length: FRIENDS }, (_, friend) => `friend-${friend}`)];
  await books.use(subjects.flatMap((subject) => Array(25).fill({ subject, amount: "0.5", template: "template" })));
  await settleDue(books.ctx, new Uint8Array(32).fill(7));
  // A table of a page is read whole, whatever indexes it has.
  for (const table of growing) {
    const [rows] = await owner.unsafe<{ count: number }[]>(`select count(*)::int as count from ${table}`);
    if ((rows?.count ?? 0) < FILLED) await fill(owner, table, FILLED);
  }
  await owner.unsafe("vacuum analyze");
  const small = await owner<{ name: string }[]>`
    select indexrelid::regclass::text as name from pg_index where indpred is not null`;
  partial = new Set(small.map(({ name }) => name));
  const [last] = await owner<
    { seq: string }[]
  >`select max(seq) as seq from usage_events where account_id = ${account.id}`;
  await owner.end();
  of = { account, externalId: "busy", template: "template", posting: "1", charge: last?.seq ?? "" };
  recorder = new Recorder(books.url("reader"), {
    enable_seqscan: "off",
    // Of few rows the planner would rather join all than look some up.
    enable_hashjoin: "off",
    enable_mergejoin: "off",
  });
}, 240_000);
afterAll(async () => {
  await recorder.end();
  await books.close();
});

describe("every screen reads by an index", () => {
  const screens = Object.entries({ ...customerScreens(nobody()), ...operatorScreens(nobody()) });
  for (const [screen, reads] of screens) {
    test.each(Object.keys(reads))(`${screen}: %s`, async (read) => {
      const run = { ...customerScreens(of), ...operatorScreens(of) }[screen]?.[read];
      const statements = run ? await recorder.statementsOf(run) : [];
      const whole: string[] = [];
      for (const statement of statements) {
        const { plan } = await recorder.explain(statement, false);
        for (const table of wholeTables(plan, partial)) {
          if (growing.has(table) && !(`${read} ${table}` in allowed)) whole.push(`${table}: ${statement.text}`);
        }
      }
      expect(whole).toEqual([]);
    });
  }

  test("and what does not is found", async () => {
    const plans = await Promise.all(
      ["select * from usage_events where template = 'template'", "select count(*) from wallets"].map((text) =>
        recorder.explain({ text, parameters: [] }, false),
      ),
    );
    expect(plans.flatMap(({ plan }) => wholeTables(plan, partial))).toEqual(["usage_events", "wallets"]);
  });
});

/** Names of reads are known before there is anybody to read. */
function nobody(): ScreensOf {
  return { account: { lane: 0, id: "" }, externalId: "", template: null, posting: "", charge: "" };
}
