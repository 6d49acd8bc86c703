import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { GitHubMark, GoogleMark } from "./marks";

interface WaysProps {
  csrfToken: string;
  /** The page to go to afterwards. */
  next: string;
}

/** The three ways to sign in: plain forms, sent to next-auth, that need no script. */
export function Ways({ csrfToken, next }: WaysProps) {
  const form = (provider: string, children: ReactNode) => (
    <form method="post" action={`/api/auth/signin/${provider}`} className="grid gap-3">
      <input type="hidden" name="csrfToken" value={csrfToken} />
      <input type="hidden" name="callbackUrl" value={next} />
      {children}
    </form>
  );
  return (
    <div className="grid gap-3">
      {form(
        "google",
        <Button type="submit" className="w-full">
          <GoogleMark /> Continue with Google
        </Button>,
      )}
      {form(
        "github",
        <Button type="submit" className="w-full">
          <GitHubMark /> Continue with GitHub
        </Button>,
      )}
      <p className="flex items-center gap-3 text-muted text-sm before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line">
        or
      </p>
      {form(
        "email",
        <>
          <Field
            label="E-mail address"
            name="email"
            type="email"
            autoComplete="email"
            required
            maxLength={254}
            hint="We send you a link that signs you in, once, within an hour."
          />
          <Button type="submit" look="primary" className="w-full">
            E-mail me a link
          </Button>
        </>,
      )}
    </div>
  );
}
