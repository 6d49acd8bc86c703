import { totalmem } from "node:os";

/** Settings of a server, by their names in Postgres. */
export type Settings = Readonly<Record<string, string>>;

const megabyte = 1024 * 1024;

/**
 * What a server on a small machine shared with a browser, a web server and a worker runs with.
 * Durability is left at its safe defaults: a commit is on disk before it is answered.
 */
export function settingsFor(memoryBytes: number = totalmem()): Settings {
  const memory = Math.floor(memoryBytes / megabyte);
  return {
    shared_buffers: `${Math.max(64, Math.min(512, Math.floor(memory / 8)))}MB`,
    effective_cache_size: `${Math.max(256, Math.floor(memory / 2))}MB`,
    work_mem: "16MB",
    maintenance_work_mem: "128MB",
    max_connections: "120",
    max_wal_size: "2GB",
    checkpoint_timeout: "15min",
    random_page_cost: "1.1",
    // Two cores are busier with many small queries than with parts of a large one.
    max_parallel_workers_per_gather: "0",
    jit: "off",
    autovacuum_naptime: "20s",
    timezone: "UTC",
    log_timezone: "UTC",
    // What a client asked wrongly is the client's to report; the log is for the server's own troubles.
    log_min_messages: "warning",
    log_min_error_statement: "panic",
    log_checkpoints: "off",
  };
}
