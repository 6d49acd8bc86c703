/** Whose rows a read model reads. Take it from the session: a query shows what belongs to this account and nothing else. */
export interface AccountKey {
  lane: number;
  id: string;
}
