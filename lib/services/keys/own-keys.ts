/** Keys that one customer may have at a time. */
export const OWN_KEYS_MAX = 10;

export const KEY_NAME_MAX = 64;

/** A customer's own key as they see it: never the key itself. */
export interface OwnKey {
  /** Stands for the key where it has to be named; of no use to whoever has it. */
  id: string;
  name: string;
  /** The key's last characters. */
  tail: string;
  createdAt: Date;
}
