import type { Sql } from "postgres";
import { processMicros, serverMicros } from "./processes";
import type { Slice } from "./way";

/** What one slice took. Microseconds of processor time are null where the system does not say. */
export interface Measured {
  events: number;
  seconds: number;
  /** This process: the sender, and in the database layer all of our own code. */
  clientMicros: number;
  /** The process that serves HTTP, where there is one. */
  ingestMicros: number | null;
  /** Postgres, helpers included. */
  serverMicros: number | null;
  walBytes: number;
  /** Whole pages in the log, which a checkpoint makes necessary. */
  walPages: number;
  /** Of each call, milliseconds. */
  tookMs: number[];
}

/** What is watched while slices run. */
export interface Watch {
  /** A connection of the owner, idle meanwhile. */
  sql: Sql;
  postmaster: number;
  /** The process that serves HTTP. */
  ingestPid: number | null;
}

export async function measure(slice: Slice, watch: Watch): Promise<Measured> {
  const walBefore = await walOf(watch.sql);
  const ingestBefore = watch.ingestPid === null ? null : processMicros(watch.ingestPid);
  const serverBefore = serverMicros(watch.postmaster);
  const clientBefore = process.cpuUsage();
  const started = performance.now();
  const tookMs = await slice.run();
  const seconds = (performance.now() - started) / 1_000;
  const client = process.cpuUsage(clientBefore);
  const server = difference(serverMicros(watch.postmaster), serverBefore);
  const ingest = difference(watch.ingestPid === null ? null : processMicros(watch.ingestPid), ingestBefore);
  const wal = await walOf(watch.sql);
  return {
    events: slice.events,
    seconds,
    clientMicros: client.user + client.system,
    ingestMicros: ingest,
    serverMicros: server,
    walBytes: Number(wal.position - walBefore.position),
    walPages: Number(wal.pages - walBefore.pages),
    tookMs,
  };
}

const difference = (after: number | null, before: number | null): number | null =>
  after === null || before === null ? null : after - before;

async function walOf(sql: Sql): Promise<{ position: bigint; pages: bigint }> {
  const [row] = await sql<{ position: string; pages: string }[]>`
    select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') as position, (select wal_fpi from pg_stat_wal) as pages`;
  if (!row) throw new Error("Postgres does not say where its log is");
  return { position: BigInt(row.position), pages: BigInt(row.pages) };
}
