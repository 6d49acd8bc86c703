import { accountOf, type ModelAccount, type ModelAccounts } from "./accounts";
import type { DrawSide } from "./history";
import { amountIn, type ModelBonusTerms, type ModelVersions, versionOf } from "./terms";

export interface ModelDraw {
  side: DrawSide;
  /** Who reached the trigger, and who gets the bonus. */
  trigger: string;
  beneficiary: string;
  terms: ModelBonusTerms;
  /** In the order in which those ids were given out that settle ties. */
  number: number;
  dueAtMs: number;
  /** Of the referrer's under one version; null without a limit. */
  limit: { of: string; most: number } | null;
  state: "due" | "queued" | "beyond" | "drawn";
}

/** Draws that accounts made due, each once ever, and how many of them one referrer gets. */
export class Draws {
  readonly all: ModelDraw[] = [];

  constructor(
    readonly accounts: ModelAccounts,
    readonly versions: ModelVersions,
  ) {}

  /** Whether its referrer has a draw when it qualifies. */
  refersBonus = ({ pairStands, program, notEligible }: ModelAccount): boolean =>
    pairStands && program === "referral" && notEligible === null;

  /** The account's own draw is due, and with it its referrer's. */
  makeDue(account: ModelAccount, dueAtMs: number): void {
    const { name, referrer, bonusTerms: terms, number, version } = account;
    const due = { trigger: name, terms, dueAtMs, state: "due" } as const;
    this.all.push({ ...due, side: "new-account", beneficiary: name, number: number + 1, limit: null });
    if (referrer === null || !this.refersBonus(account)) return;
    const { bonusesMax } = versionOf(this.versions, "referral", version);
    const limit = bonusesMax === null ? null : { of: `${referrer} ${version}`, most: bonusesMax };
    this.all.push({ ...due, side: "referral", beneficiary: referrer, number, limit });
  }

  /** Judges those that are due, in their order: beyond what terms give one referrer there is none, for ever. */
  decide(): void {
    const due = this.all.filter(({ state }) => state === "due");
    for (const draw of due.sort(inOrder)) draw.state = this.#hasRoom(draw) ? "queued" : "beyond";
  }

  #hasRoom({ limit }: ModelDraw): boolean {
    if (limit === null) return true;
    const taken = this.all.filter((other) => other.limit?.of === limit.of && ["queued", "drawn"].includes(other.state));
    return taken.length < limit.most;
  }

  /**
   * @param amount what chance gave
   * @throws Error when there is no such draw to come
   */
  reveal(trigger: string, side: DrawSide, amount: bigint): { draw: ModelDraw; amount: bigint } {
    const draw = this.all.find((each) => each.trigger === trigger && each.side === side && each.state === "queued");
    if (!draw) throw new Error(`The model has no ${side} draw of ${trigger} to come`);
    draw.state = "drawn";
    const { fixed } = draw.terms;
    const { region = null } = accountOf(this.accounts, draw.beneficiary);
    return { draw, amount: fixed === null ? amount : amountIn(fixed, region) };
  }
}

const inOrder = (a: ModelDraw, b: ModelDraw): number =>
  a.dueAtMs - b.dueAtMs || (a.side === b.side ? a.number - b.number : a.side === "new-account" ? -1 : 1);
