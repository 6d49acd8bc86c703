import { getTableColumns } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { draws } from "@/db/schema/programs";
import { drandRoundTime } from "@/lib/programs/quicknet";
import { recordedRounds, unlessRecorded } from "@/lib/services/programs/testing/recorded-rounds";
import { honest, openRelay } from "@/lib/services/programs/testing/relay";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { charge } from "@/lib/testing/usage-events";
import { drawnWithin } from "@/lib/testing/wait-for-draws";
import { differingDraws } from "./draws";

let api: ApiHarness;
beforeAll(async () => {
  api = await apiHarness();
});
afterAll(() => api.close());

const otherDigit = (column: string, at: number) =>
  `overlay(${column} placing case substr(${column}, ${at}, 1) when '0' then '1' else '0' end from ${at})`;

/** Every stored column of a draw, and other values for it. A column without any does not compile. */
const flips: Record<keyof typeof draws.$inferSelect, readonly string[]> = {
  lane: ["lane = (lane + 1) % 64"],
  id: ["id = gen_random_uuid()", `id = ${otherDigit("id::text", 36)}::uuid`],
  kind: ["kind = case kind when 'referral' then 'new-account' else 'referral' end"],
  triggerId: ["trigger_id = gen_random_uuid()"],
  beneficiaryLane: ["beneficiary_lane = (beneficiary_lane + 1) % 64"],
  beneficiaryId: ["beneficiary_id = gen_random_uuid()"],
  program: ["program = case program when 'referral' then 'signup-bonus' else 'referral' end"],
  termsId: ["terms_id = terms_id + 1", "terms_id = 0"],
  state: ["state = 'due'", "state = 'held'", "state = 'queued'", "state = 'bound'"],
  heldReason: ["held_reason = 'velocity'"],
  dueAt: ["due_at = due_at + interval '1 millisecond'"],
  boundAt: ["bound_at = bound_at + interval '1 hour'", "bound_at = bound_at - interval '1 hour'", "bound_at = null"],
  beacon: ["beacon = case beacon when 'drand' then 'local' else 'drand' end", "beacon = null"],
  chainId: ["chain_id = coalesce(chain_id, 0) + 1", "chain_id = case when chain_id is null then 1 end"],
  round: ["round = round + 1", "round = round - 1", "round = null"],
  roundAt: [
    "round_at = round_at + interval '3 hours'",
    "round_at = round_at - interval '3 seconds'",
    "round_at = null",
  ],
  drawnAt: [
    "drawn_at = round_at - interval '1 millisecond'",
    "drawn_at = clock_timestamp() + interval '1 hour'",
    "drawn_at = null",
  ],
  randomness: [
    ...[1, 32, 64].map((at) => `randomness = ${otherDigit("randomness", at)}`),
    "randomness = upper(randomness)",
    "randomness = null",
  ],
  signature: [`signature = coalesce(${otherDigit("signature", 90)}, repeat('a', 96))`],
  reserved: ["reserved = reserved + 1", "reserved = null"],
  amount: ["amount = amount + 1", "amount = amount - 10000000", "amount = null"],
  region: ["region = 'eu'"],
};

/** What becomes of a stored draw that is changed behind the back of its guard: "refused" is the database's word. */
async function changed(drawId: string, assignment: string): Promise<"refused" | "found" | "unseen"> {
  let outcome: "found" | "unseen" = "unseen";
  const undo = new Error("undo");
  try {
    await api.owner.begin(async (sql) => {
      await sql`alter table draws disable trigger draws_forward`;
      const { count } = await sql.unsafe(`update draws set ${assignment} where id = '${drawId}'`);
      if (count !== 1) throw new Error("Nothing was changed");
      if ((await differingDraws(sql)).length > 0) outcome = "found";
      throw undo;
    });
  } catch (error) {
    if (error === undo) return outcome;
    if (error instanceof Error && /violates (check|not-null|unique) constraint/.test(error.message)) return "refused";
    throw error;
  }
  return outcome;
}

async function expectEveryFlipSeen(drawId: string): Promise<void> {
  const unchanged = await changed(drawId, "amount = amount");
  expect(unchanged).toBe("unseen");
  const unseen: string[] = [];
  for (const assignment of Object.values(flips).flat()) {
    if ((await changed(drawId, assignment)) === "unseen") unseen.push(assignment);
  }
  expect(unseen).toEqual([]);
}

describe("a drawn draw of which one stored column is changed is refused or found,", () => {
  test("and no column is left out", () => {
    expect(Object.keys(flips).sort()).toEqual(Object.keys(getTableColumns(draws)).sort());
  });

  test("by the local beacon, an account's own and its referrer's", async () => {
    await api.make("/api/v1/accounts", { externalId: "referrer" });
    const { referralCode } = await api.account("referrer");
    await api.make("/api/v1/accounts", { externalId: "referred", referralCode, opening: { paid: "10" } });
    await api.send([charge("referred", "10")]);
    const own = (await api.account("referred")).bonus.drawId;
    const [referrers] = await api.owner<{ id: string }[]>`select id from draws where kind = 'referral'`;
    if (!referrers) throw new Error("The referrer has no draw");
    await drawnWithin(20_000, [api], [own, referrers.id]);
    await expectEveryFlipSeen(own);
    await expectEveryFlipSeen(referrers.id);
  });

  test.skipIf(!recordedRounds)(`by drand${unlessRecorded}`, async () => {
    const rounds = recordedRounds?.rounds ?? [];
    const [{ round } = { round: 0 }] = rounds;
    const relay = await openRelay(honest(rounds));
    vi.stubEnv("DRAND_RELAYS", relay.url);
    await api.make("/api/v1/accounts", { externalId: "drand", opening: { paid: "10" } });
    await api.send([charge("drand", "10")]);
    const { drawId } = (await api.account("drand")).bonus;
    await api.owner.begin(async (sql) => {
      await sql`alter table draws disable trigger draws_forward`;
      await sql`update draws set state = 'bound', beacon = 'drand', round = ${round}, reserved = 500000000000,
                       bound_at = to_timestamp(${drandRoundTime(round) / 1_000 - 92}),
                       round_at = to_timestamp(${drandRoundTime(round) / 1_000}) where id = ${drawId}`;
      await sql`update program_settings set reserved = reserved + 500000000000 where program = 'signup-bonus'`;
      await sql`alter table draws enable trigger draws_forward`;
    });
    expect((await api.sweep()).drawn).toBe(1);
    vi.unstubAllEnvs();
    await relay.close();
    await expectEveryFlipSeen(drawId);
  });
});
