"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState, useTransition } from "react";
import { atMostEvery } from "@/lib/live/at-most-every";
import type { Hearing } from "./follow-live";
import { followTogether } from "./follow-together";

const REFRESH_EVERY_MS = 1_000;

/** Reads the open screen again whenever something of the account changes. One on a page is enough. */
export function LiveRefresh() {
  const router = useRouter();
  const [asked, setAsked] = useState(0);
  const [answered, setAnswered] = useState(0);
  const [refreshing, startTransition] = useTransition();
  const [hearing, setHearing] = useState<Hearing>("heard");

  useEffect(() => {
    const look = atMostEvery(REFRESH_EVERY_MS, () => setAsked((count) => count + 1));
    const stop = followTogether({ look, say: setHearing });
    return () => {
      stop();
      look.cancel();
    };
  }, []);

  // One at a time: what is asked for meanwhile is read after it.
  useEffect(() => {
    if (refreshing || asked === answered) return;
    startTransition(() => {
      setAnswered(asked);
      router.refresh();
    });
  }, [router, refreshing, asked, answered]);

  return (
    <div role="status" className="fixed right-2 bottom-2 z-40 max-w-80">
      {hearing !== "heard" && (
        <p className="border border-warning bg-warning-soft px-3 py-2 text-sm text-warning">
          {hearing === "interrupted" ? (
            "Live updates are interrupted. Amounts are looked up every 30 seconds until they are back."
          ) : (
            <>
              You are signed out in this browser: what you see may be out of date.{" "}
              {/* This very page, which leads to the sign-in page and back. */}
              <a href={`${window.location.pathname}${window.location.search}`} className="underline">
                Sign in again
              </a>
            </>
          )}
        </p>
      )}
    </div>
  );
}
