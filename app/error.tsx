"use client";

import { usePathname } from "next/navigation";
import { Button } from "@/components/ui/button";
import { buttonClasses } from "@/components/ui/button-look";
import { Digest } from "@/components/ui/digest";

interface ErrorPageProps {
  error: unknown;
  retry: () => void;
}

/** What stands in a page's place when it could not be made. The cause stays in the server's log, under the digest. */
export default function ErrorPage({ error, retry }: ErrorPageProps) {
  const digest = error instanceof Error && "digest" in error && typeof error.digest === "string" ? error.digest : null;
  return (
    <main id="content" className="mx-auto max-w-5xl px-4 py-10 sm:px-6">
      <h1 className="font-semibold text-3xl tracking-tight">This page could not be put together.</h1>
      <p className="mt-2 max-w-prose text-muted">
        A page that cannot be shown moves no money. The database or a service it needs did not answer as expected. Try
        again in a moment; if you had just sent a form, look at your statement before you send it again. If it stays
        like this, tell whoever runs this Tenspot
        {digest === null ? "." : " and give them this number:"}
      </p>
      {digest !== null && (
        <p className="mt-2">
          <Digest>{digest}</Digest>
        </p>
      )}
      <div className="mt-5 flex flex-wrap gap-2">
        <Button look="primary" onClick={retry}>
          Try again
        </Button>
        {/* A link of the browser's own: what failed may be what follows the others, and every page would carry them. */}
        <a className={buttonClasses({})} href={`/help/ask?${new URLSearchParams({ page: usePathname() })}`}>
          Ask a person
        </a>
      </div>
    </main>
  );
}
