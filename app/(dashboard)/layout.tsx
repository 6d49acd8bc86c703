import type { ReactNode } from "react";
import { DashboardShell } from "@/components/shell/dashboard-shell";
import { unreadCount } from "@/lib/queries/notifications";
import { requireAccount } from "@/lib/session/current-account";
import { currentOperator } from "@/lib/session/current-operator";
import { signOut } from "@/lib/session/sign-out";

/** Only the frame. Every page below asks for the account itself: a layout is not asked again on each visit. */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const account = await requireAccount();
  const [operator, unread] = await Promise.all([currentOperator(), unreadCount(account)]);
  return (
    <DashboardShell email={account.user.email} isOperator={operator !== null} unread={unread} signOut={signOut}>
      {children}
    </DashboardShell>
  );
}
