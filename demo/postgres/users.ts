import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isRunning, ownMark } from "@/demo/processes/identity";

/** Who uses one server: a file for each, naming its process, so that the last to leave stops it. */
export class Users {
  private readonly own = randomUUID();

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  join(): void {
    const { pid, began } = ownMark();
    writeFileSync(path.join(this.folder, this.own), `${pid} ${began}`);
  }

  leave(): void {
    rmSync(path.join(this.folder, this.own), { force: true });
  }

  /** Whether anyone alive uses the server; forgets the dead. */
  anyone(): boolean {
    return readdirSync(this.folder).filter((name) => this.lives(path.join(this.folder, name))).length > 0;
  }

  private lives(file: string): boolean {
    const [pid, ...began] = readFileSync(file, "utf8").split(" ");
    const lives = isRunning({ pid: Number(pid), began: began.join(" ") });
    if (!lives) rmSync(file, { force: true });
    return lives;
  }
}
