import type { ReactNode } from "react";
import { DashboardShell } from "@/components/shell/dashboard-shell";
import { requireAccount } from "@/lib/session/current-account";
import { currentOperator } from "@/lib/session/current-operator";
import { signOut } from "@/lib/session/sign-out";

/** Only the frame. Every page below asks for the account itself: a layout is not asked again on each visit. */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const { user } = await requireAccount();
  const isOperator = (await currentOperator()) !== null;
  return (
    <DashboardShell email={user.email} isOperator={isOperator} signOut={signOut}>
      {children}
    </DashboardShell>
  );
}
