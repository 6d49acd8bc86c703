import postgres from "postgres";

/** What a process may do; the rights of each are in `grants.sql`. */
export const processRoles = ["web", "worker", "reader"] as const;
export type ProcessRole = (typeof processRoles)[number];

export interface Logins {
  /** The owner's connection, whose rights reach to making roles. */
  ownerUrl: string;
  passwords: Readonly<Record<ProcessRole, string>>;
  /** Ends the logins' names, which all databases of a server share: `tenspot_web_login`. */
  suffix?: string;
}

/**
 * Makes sure that each process has a login of its own, a member of its role, with the given password.
 * The database must have been migrated: that makes the roles.
 * @returns the connection of each to the owner's database.
 */
export async function ensureLogins({
  ownerUrl,
  passwords,
  suffix = "login",
}: Logins): Promise<Record<ProcessRole, string>> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    const url = (role: ProcessRole) => urlAs(ownerUrl, loginOf(role, suffix), passwords[role]);
    for (const role of processRoles) {
      const login = loginOf(role, suffix);
      const [found] = await sql`SELECT 1 FROM pg_roles WHERE rolname = ${login}`;
      const verb = found ? "ALTER" : "CREATE";
      const [statement] = await sql<{ text: string }[]>`
        SELECT format(${`${verb} ROLE %I LOGIN PASSWORD %L`}, ${login}::text, ${passwords[role]}::text) AS text`;
      if (statement) await sql.unsafe(statement.text);
      await sql`GRANT ${sql(`tenspot_${role}`)} TO ${sql(login)}`;
    }
    return { web: url("web"), worker: url("worker"), reader: url("reader") };
  } finally {
    await sql.end();
  }
}

function loginOf(role: ProcessRole, suffix: string): string {
  return `tenspot_${role}_${suffix}`;
}

/** The same database, entered by someone else. */
export function urlAs(ownerUrl: string, user: string, password: string): string {
  const url = new URL(ownerUrl);
  url.username = encodeURIComponent(user);
  url.password = encodeURIComponent(password);
  return url.href;
}

/** The same server and person, another database. */
export function urlOfDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(name)}`;
  return changed.href;
}
