import { connection } from "next/server";
import { Brand } from "@/components/shell/brand";
import { ButtonLink } from "@/components/ui/button-link";

/** Rendered on request: its scripts need the nonce of the request it answers. */
export default async function NotFound() {
  await connection();
  return (
    <main id="content" className="mx-auto grid max-w-5xl gap-6 px-4 py-3 sm:px-6">
      <Brand href="/" />
      <div>
        <h1 className="font-semibold text-3xl tracking-tight">There is no page at this address.</h1>
        <p className="mt-2 max-w-prose text-muted">
          It may have been mistyped, or it belongs to an account you are not signed in to. Your balance and your links
          are where they were.
        </p>
        <div className="mt-5 flex flex-wrap gap-3">
          <ButtonLink href="/dashboard" look="primary">
            To your dashboard
          </ButtonLink>
          <ButtonLink href="/">To the start</ButtonLink>
        </div>
      </div>
    </main>
  );
}
