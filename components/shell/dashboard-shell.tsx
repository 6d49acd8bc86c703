import type { ReactNode } from "react";
import { ExactSwitch } from "@/components/exact-switch";
import { Bell } from "@/components/notifications/bell";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/submit-button";
import { Brand } from "./brand";
import { HelpLink } from "./help-link";
import { NavLink } from "./nav-link";
import { sections } from "./sections";

interface DashboardShellProps {
  /** Who is signed in. */
  email: string;
  /** Operators find their own area at the account's foot; nobody else hears of it. */
  isOperator: boolean;
  /** How much of what they were told they have not read. */
  unread: number;
  /** The form action that ends the session. */
  signOut: () => Promise<void>;
  children: ReactNode;
}

/** The frame of every signed-in page: navigation at the side, above on narrow screens; the account at its foot. */
export function DashboardShell({ email, isOperator, unread, signOut, children }: DashboardShellProps) {
  return (
    <div className="lg:grid lg:min-h-dvh lg:grid-cols-[13rem_minmax(0,1fr)] lg:grid-rows-[auto_1fr]">
      <header className="border-line border-b print:hidden px-4 pt-2 pb-1 lg:sticky lg:top-0 lg:border-b-0 lg:pt-5">
        <div className="flex items-center justify-between gap-2">
          <Brand href="/dashboard" />
          <Bell unread={unread} href="/notifications/unread" />
        </div>
        <nav
          aria-label="Main"
          className="mt-1 grid grid-cols-3 sm:flex sm:flex-wrap sm:gap-x-2 lg:mt-5 lg:grid lg:grid-cols-1"
        >
          {sections.map(({ href, label }) => (
            <NavLink key={href} href={href}>
              {label}
            </NavLink>
          ))}
        </nav>
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="w-full max-w-6xl px-4 py-6 outline-none lg:col-start-2 lg:row-span-2 lg:row-start-1 lg:border-line lg:border-l lg:px-8"
      >
        {children}
      </main>
      <footer className="print:hidden grid gap-2 border-line border-t px-4 py-4 lg:sticky lg:bottom-0 lg:col-start-1 lg:row-start-2 lg:self-end">
        <ExactSwitch />
        <p className="break-all text-muted text-sm">{email}</p>
        <p className="text-sm">
          <HelpLink />
        </p>
        {isOperator && (
          <p className="text-sm">
            <Link href="/operator" className="link">
              Operator area
            </Link>
          </p>
        )}
        <form action={signOut}>
          <SubmitButton look="secondary" small pending="Signing out…">
            Sign out
          </SubmitButton>
        </form>
      </footer>
    </div>
  );
}
