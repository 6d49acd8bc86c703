import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button-link";
import { Link } from "@/components/ui/link";
import { Brand } from "./brand";

interface PublicShellProps {
  /** Someone who is signed in is led to the dashboard instead of the sign-in page. */
  signedIn: boolean;
  children: ReactNode;
}

/** The frame of every page that anyone may read. */
export function PublicShell({ signedIn, children }: PublicShellProps) {
  return (
    <div className="mx-auto flex min-h-dvh max-w-6xl flex-col px-4 sm:px-6">
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-3">
        <Brand href="/" />
        <nav aria-label="Main" className="flex items-center gap-4 text-sm">
          <Link href="/fairness" className="inline-flex min-h-9 items-center hover:text-accent">
            Fairness
          </Link>
          {signedIn ? (
            <ButtonLink href="/dashboard" small>
              Dashboard
            </ButtonLink>
          ) : (
            <ButtonLink href="/sign-in" small>
              Sign in
            </ButtonLink>
          )}
        </nav>
      </header>
      <main id="content" tabIndex={-1} className="grow py-6 outline-none">
        {children}
      </main>
      <footer className="mt-10 flex flex-wrap justify-between gap-x-6 gap-y-2 border-line border-t py-4 text-muted text-sm">
        <p>Tenspot: prepaid GPU credit, every cent explained.</p>
        <p className="flex flex-wrap gap-x-4">
          <Link href="/help" className="link">
            Help
          </Link>
          <Link href="/fairness" className="link">
            How draws work
          </Link>
          <a href="/.well-known/credit-programs.json" className="link">
            Terms as data
          </a>
          <Link href="/docs/api" className="link">
            API
          </Link>
        </p>
      </footer>
    </div>
  );
}
