import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";

export const metadata: Metadata = { title: "Your account is closed", robots: { index: false } };

export default function GoodbyePage() {
  return (
    <div className="mx-auto grid w-full max-w-md gap-4 py-6 sm:py-12">
      <h1 className="font-semibold text-xl leading-tight">Your account is closed</h1>
      <Notice
        title="You are signed out everywhere"
        action={
          <ButtonLink href="/" small>
            To the start
          </ButtonLink>
        }
      >
        Your name and address are gone from here. If you chose to have money back, it goes to what you paid with; your
        bank may take some days.
      </Notice>
    </div>
  );
}
