import { readFile } from "node:fs/promises";
import path from "node:path";
import postgres, { type TransactionSql } from "postgres";
import { sources } from "@/demo/folders";
import { eventKey } from "@/lib/ledger/event-keys";
import { arrayLiteral, textArrayLiteral } from "@/lib/ledger/sql-arrays";
import { type Member, type Population, skus } from "./population";

const MEMBERS_PER_PAGE = 20_000;

/** Writes a population into a migrated, empty database, as its owner. Only for setting up: services are the way. */
export async function loadPopulation(url: string, { members, templates }: Population): Promise<void> {
  const statements = await readFile(path.join(sources, "bench/load.sql"), "utf8");
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    for (let start = 0; start < members.length; start += MEMBERS_PER_PAGE) {
      await sql.begin((raw) => loadPage(raw, members.slice(start, start + MEMBERS_PER_PAGE), statements));
    }
    await sql.begin((raw) => loadCatalogue(raw, templates));
    await sql.unsafe("insert into referrer_totals select * from referrer_counted");
    await sql.unsafe("vacuum analyze");
  } finally {
    await sql.end();
  }
}

async function loadPage(raw: TransactionSql, members: readonly Member[], statements: string): Promise<void> {
  await raw.unsafe(`
    set local session_replication_role = replica;
    create temporary table member (
      lane smallint, id uuid, name text, key_lane smallint, enrolment_id uuid, referral_id uuid,
      referrer_lane smallint, referrer_id uuid, window_end timestamptz, spent bigint, paid bigint, promo bigint
    ) on commit drop`);
  const column = (read: (member: Member) => string | number | bigint) => arrayLiteral(members.map(read));
  await raw.unsafe(
    `insert into member
     select * from unnest($1::smallint[], $2::uuid[], $3::text[], $4::smallint[], $5::uuid[], $6::uuid[],
                          $7::smallint[], $8::uuid[], $9::timestamptz[], $10::bigint[], $11::bigint[], $12::bigint[])`,
    [
      column(({ lane }) => lane),
      column(({ id }) => id),
      column(({ name }) => name),
      column(({ name }) => eventKey({ source: "history", id: name }, 0n).lane),
      column(({ enrolmentId }) => enrolmentId),
      column(({ referral }) => referral?.id ?? "NULL"),
      column(({ referral }) => referral?.referrerLane ?? "NULL"),
      column(({ referral }) => referral?.referrerId ?? "NULL"),
      column(({ referral }) => referral?.windowEnd.toISOString() ?? "NULL"),
      column(({ spent }) => spent),
      column(({ paid }) => paid),
      column(({ promo }) => promo),
    ],
  );
  await raw.unsafe(statements);
}

/** Templates, some past their gate, and two versions of every price. */
async function loadCatalogue(raw: TransactionSql, templates: Population["templates"]): Promise<void> {
  await raw.unsafe("set local session_replication_role = replica");
  await raw.unsafe(
    `insert into templates (external_id, creator_lane, creator_id, name, created_at, registered_at, terms_id, gate_met_at)
     select u.name, u.lane, u.id, u.name, now(), now(), t.id, case when u.met then now() end
       from unnest($1::text[], $2::smallint[], $3::uuid[], $4::boolean[]) as u (name, lane, id, met)
       join terms t on t.program = 'template-beta'`,
    [
      textArrayLiteral(templates.map(({ name }) => name)),
      arrayLiteral(templates.map(({ creator }) => creator.lane)),
      arrayLiteral(templates.map(({ creator }) => creator.id)),
      arrayLiteral(templates.map(({ gateMet }) => gateMet)),
    ],
  );
  await raw.unsafe("create temporary table opened (template text, key_lane smallint) on commit drop");
  const opened = templates.filter(({ gateMet }) => gateMet);
  await raw.unsafe("insert into opened select * from unnest($1::text[], $2::smallint[])", [
    textArrayLiteral(opened.map(({ name }) => name)),
    arrayLiteral(opened.map(({ name }) => eventKey({ source: "history", id: name }, 0n).lane)),
  ]);
  await raw.unsafe(await readFile(path.join(sources, "bench/load-templates.sql"), "utf8"));
  await raw.unsafe(
    `insert into prices (sku, effective_from, service, unit, amount, created_at)
     select u.sku, now() - age.days * interval '1 day', u.service, 'hour', u.amount + age.more, now()
       from unnest($1::text[], $2::text[], $3::bigint[]) as u (sku, service, amount)
      cross join (values (500, 10000000), (100, 0)) as age (days, more)`,
    [
      textArrayLiteral(skus.map(({ sku }) => sku)),
      textArrayLiteral(skus.map(({ service }) => service)),
      arrayLiteral(skus.map(({ price }) => price)),
    ],
  );
}
