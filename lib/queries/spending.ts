import "server-only";
import type { wallets } from "@/db/schema/accounts";
import type { Spending } from "@/lib/programs/standing";

/** What triggers are judged by, of a wallet as it was read. */
export const spendingOf = ({
  spentPod: pod,
  spentServerless: serverless,
  spentStorage: storage,
  paidNet,
}: typeof wallets.$inferSelect): Spending => ({ spent: { pod, serverless, storage }, paidNet });
