import type { ReactNode } from "react";
import { OperatorShell } from "@/components/operator/operator-shell";
import { requireOperator } from "@/lib/session/current-operator";
import { signOut } from "@/lib/session/sign-out";

/** Only the frame. Every page below asks for the operator itself: a layout is not asked again on each visit. */
export default async function OperatorLayout({ children }: { children: ReactNode }) {
  const { email } = await requireOperator();
  return (
    <OperatorShell email={email} signOut={signOut}>
      {children}
    </OperatorShell>
  );
}
