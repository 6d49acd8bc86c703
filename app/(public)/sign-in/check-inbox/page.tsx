import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHeader } from "@/components/ui/page-header";
import { readSession } from "@/lib/session/read-session";

export const metadata: Metadata = { title: "Check your inbox" };

export default async function CheckInboxPage() {
  const isAdding = (await readSession())?.linking === "email";
  return (
    <div className="mx-auto grid w-full max-w-sm gap-4 py-6 sm:py-12">
      <PageHeader title="Check your inbox" lead="A link to sign in is on its way to the address you gave." />
      <ol className="grid list-decimal gap-2 pl-5">
        <li>Open the message “Sign in to Tenspot” and its link, {isAdding ? "in this browser" : "on any device"}.</li>
        <li>Confirm there that it is you. The link works once, within an hour.</li>
      </ol>
      <p className="text-muted text-sm">Nothing after a few minutes? Look in the spam folder, or check the address.</p>
      {isAdding ? (
        <ButtonLink href="/settings">Back to settings</ButtonLink>
      ) : (
        <ButtonLink href="/sign-in">Use another address</ButtonLink>
      )}
    </div>
  );
}
