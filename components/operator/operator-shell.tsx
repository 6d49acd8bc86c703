import type { ReactNode } from "react";
import { ExactSwitch } from "@/components/exact-switch";
import { Brand } from "@/components/shell/brand";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/submit-button";
import { AreaLink } from "./area-link";
import { areas } from "./areas";

interface OperatorShellProps {
  /** Who acts: what the audit log writes down. */
  email: string;
  /** The form action that ends the session. */
  signOut: () => Promise<void>;
  children: ReactNode;
}

/** The frame of the operator area: like the customers', and never to be taken for it. */
export function OperatorShell({ email, signOut, children }: OperatorShellProps) {
  return (
    <div className="lg:grid lg:min-h-dvh lg:grid-cols-[13rem_minmax(0,1fr)] lg:grid-rows-[auto_1fr]">
      <header className="border-line border-b bg-sunken px-4 pt-2 pb-1 lg:sticky lg:top-0 lg:border-b-0 lg:bg-transparent lg:pt-5">
        <div className="flex flex-wrap items-center gap-x-3 lg:grid">
          <Brand href="/operator" />
          <p className="w-fit border border-warning bg-warning-soft px-1.5 font-medium text-warning text-xs leading-5">
            Operator area
          </p>
        </div>
        <nav
          aria-label="Operator area"
          className="mt-1 grid grid-cols-3 sm:flex sm:flex-wrap sm:gap-x-2 lg:mt-5 lg:grid lg:grid-cols-1"
        >
          {areas.map(({ href, label }) => (
            <AreaLink key={href} href={href}>
              {label}
            </AreaLink>
          ))}
        </nav>
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="w-full max-w-7xl px-4 py-6 outline-none lg:col-start-2 lg:row-span-2 lg:row-start-1 lg:border-line lg:border-l lg:px-8"
      >
        {children}
      </main>
      <footer className="grid gap-2 border-line border-t px-4 py-4 lg:sticky lg:bottom-0 lg:col-start-1 lg:row-start-2 lg:self-end">
        <ExactSwitch />
        <p className="text-muted text-sm">
          Acting as <span className="wrap-anywhere text-ink">{email}</span>. Every act is written down with its reason.
        </p>
        <p className="text-sm">
          <Link href="/dashboard" className="link">
            Own dashboard
          </Link>
        </p>
        <form action={signOut}>
          <SubmitButton look="secondary" small pending="Signing out…">
            Sign out
          </SubmitButton>
        </form>
      </footer>
    </div>
  );
}
