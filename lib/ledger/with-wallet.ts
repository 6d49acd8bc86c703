import type { TransactionSql } from "postgres";
import { type Effects, noEffects } from "@/lib/programs/effects";
import { judgeRewards } from "@/lib/programs/standing";
import { writeEffects } from "./effects";
import { TemplateBook } from "./templates";
import type { TermsBook } from "./terms-book";
import { type AccountRef, type LockedWallet, lockWallets } from "./wallet";

export interface WalletScope {
  wallet: LockedWallet;
  effects: Effects;
  templates: TemplateBook;
}

/**
 * Judges what an account has already by what it is pinned to from now on: a deposit made before may have reached the
 * trigger of its new terms.
 */
export async function judgeAnew({ wallet, effects }: WalletScope): Promise<void> {
  judgeRewards(wallet.state, wallet.pins, { bonus: false, milestone: false }, effects);
}

/**
 * Runs `change` with the locked wallet of one account and writes back what it did: balances, and every effect it
 * gathered.
 * @throws Error when the account does not exist; callers resolve it first.
 */
export async function withWallet<T>(
  raw: TransactionSql,
  { account, book, at }: { account: AccountRef; book: TermsBook; at: Date },
  change: (scope: WalletScope) => Promise<T>,
): Promise<T> {
  const wallet = (await lockWallets(raw, book, [account])).get(account.id);
  if (!wallet) throw new Error(`Account ${account.id} has no wallet`);
  const scope = { wallet, effects: noEffects(), templates: new TemplateBook(book) };
  const result = await change(scope);
  await writeEffects(raw, [scope], { templates: scope.templates, at });
  return result;
}
