/** The closed list of ways a verb may refuse. */
export type Refusal =
  /** It does not exist, or not for who asks. */
  | "not_found"
  /** The same key with other content. */
  | "conflict"
  /** Understood, and not acceptable as it is. */
  | "invalid"
  /** It needs something that has not happened yet. */
  | "out_of_order"
  /** A service it needs did not answer; trying again may help. */
  | "unavailable";

export interface Problem {
  code: Refusal;
  /** A sentence for a person: what is wrong and what to do. */
  detail: string;
  /** The part of the input it is about. */
  path?: string;
}

export type Result<T> =
  | { ok: true; value: T /** False when an earlier identical call had done it. */; created: boolean }
  | { ok: false; problem: Problem };

export const done = <T>(value: T, created = true): Result<T> => ({ ok: true, value, created });

export const refused = (code: Refusal, detail: string, path?: string): { ok: false; problem: Problem } => ({
  ok: false,
  problem: path === undefined ? { code, detail } : { code, detail, path },
});
