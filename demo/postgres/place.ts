import { spawnSync } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { existsSync, lstatSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { makeFolder, makeHome } from "@/demo/home";
import { reasonOf, Stop } from "@/demo/stop";
import { findPostmaster } from "./pidfile";

/** Rights that let everybody pass through, and only us write. */
const open = 0o755;
const shared = "/var/lib/tenspot";

/** The user Postgres runs as when we are root, whom it refuses. */
export interface ServerUser {
  name: string;
  uid: number;
  gid: number;
}

/** Where the server's state is kept, and who runs it. */
export interface Place {
  folder: string;
  user: ServerUser | undefined;
  /** Set when the state could not be kept under `home`: one line that says where and why. */
  notice: string | undefined;
}

/**
 * Decides where the state of `home`'s servers is kept, and makes that folder.
 * @throws Stop when no folder can be written.
 */
export function placeFor(home: string): Place {
  makeHome(home);
  const inside = path.join(home, "postgres");
  if (process.getuid?.() !== 0) return { folder: makeFolder(inside, open), user: undefined, notice: undefined };

  const user = ownerOf(inside) ?? serverUser();
  if (canEnter(home, user)) return { folder: makeFolder(inside, open), user, notice: undefined };
  const folder = elsewhere(home);
  return {
    folder,
    user,
    notice: `Postgres runs as the user ${user.name}, who cannot reach ${home}: its data and binaries are in ${folder}.`,
  };
}

/** Whether `user` may pass through `folder` and every folder above it. */
export function canEnter(folder: string, user: ServerUser): boolean {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const { mode, uid, gid } = statSync(at);
    const pass = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & pass) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

/** The ordinary user who started servers here before, and whose data only that user may serve. */
function ownerOf(folder: string): ServerUser | undefined {
  const found = statSync(folder, { throwIfNoEntry: false });
  return found && found.uid !== 0 ? { name: `number ${found.uid}`, uid: found.uid, gid: found.gid } : undefined;
}

function serverUser(): ServerUser {
  for (const name of ["postgres", "nobody"]) {
    const [uid, gid] = ["-u", "-g"].map((option) => {
      const { status, stdout } = spawnSync("id", [option, name], { encoding: "utf8" });
      return status === 0 ? Number(stdout) : Number.NaN;
    });
    if (Number.isInteger(uid) && Number.isInteger(gid) && uid !== undefined && gid !== undefined) {
      return { name, uid, gid };
    }
  }
  throw new Stop(
    "Postgres refuses to run as root and this machine has neither a user postgres nor nobody: run as an ordinary user, or set DATABASE_URL.",
  );
}

/** A folder of this home outside it, which every user can reach and only root can write. */
function elsewhere(home: string): string {
  const name = createHash("sha256").update(home).digest("hex").slice(0, 12);
  const candidates = [path.join(shared, name), path.join("/var/tmp", `tenspot-${name}`)];
  let reason = "";
  for (const folder of candidates) {
    try {
      if (path.dirname(folder) === shared) makeFolder(shared, open);
      makeFolder(folder, open);
      if (lstatSync(folder).isDirectory() && lstatSync(folder).uid === 0) {
        forgetEarlierHome(home, folder);
        return folder;
      }
      reason = `${folder} belongs to someone else`;
    } catch (error) {
      reason = reasonOf(error);
    }
  }
  throw new Stop(
    `No folder was found that both root and the server's user can reach (${reason}): set TENSPOT_HOME to one.`,
  );
}

/** A home that was removed and made again has new keys: the data of the old one must not come back with it. */
function forgetEarlierHome(home: string, folder: string): void {
  const mark = path.join(home, "postgres-elsewhere");
  if (!existsSync(mark)) writeFileSync(mark, randomUUID(), { mode: 0o600 });
  const id = readFileSync(mark, "utf8");
  const owner = path.join(folder, "home");
  if (existsSync(owner) && readFileSync(owner, "utf8") === id) return;
  for (const name of readdirSync(folder).filter((one) => !one.startsWith("programs-"))) {
    const found = findPostmaster(path.join(folder, name, "data"));
    if (found.kind === "living") process.kill(found.postmaster.pid, "SIGQUIT");
    rmSync(path.join(folder, name), { recursive: true, force: true });
  }
  writeFileSync(owner, id, { mode: 0o600 });
}
