import type { ReactNode } from "react";
import { PublicShell } from "@/components/shell/public-shell";
import { readSession } from "@/lib/session/read-session";

export default async function PublicLayout({ children }: { children: ReactNode }) {
  const session = await readSession();
  return <PublicShell signedIn={session !== null}>{children}</PublicShell>;
}
