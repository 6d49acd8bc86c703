"use client";

import { useEffect, useState } from "react";
import { followTogether } from "@/components/dashboard/follow-together";
import { Link } from "@/components/ui/link";
import { atMostEvery } from "@/lib/live/at-most-every";

/** Usage changes an account many times a second; what is told of it, rarely. */
const LOOK_EVERY_MS = 5_000;

interface BellProps {
  /** As of when the page was made; a hundred stands for more. */
  unread: number;
  /** Answers with the count as text. */
  href: string;
}

/** The way to what one was told, with how much of it is unread: kept by the stream that the page has anyway. */
export function Bell({ unread, href }: BellProps) {
  const [rendered, setRendered] = useState(unread);
  const [count, setCount] = useState(unread);
  if (rendered !== unread) {
    setRendered(unread);
    setCount(unread);
  }

  useEffect(() => {
    const look = atMostEvery(LOOK_EVERY_MS, () => {
      fetch(href, { cache: "no-store" })
        .then((answer) => (answer.ok ? answer.text() : null))
        .then((text) => {
          if (text !== null && /^[0-9]{1,3}$/.test(text)) setCount(Number(text));
        })
        // The next change asks again.
        .catch(() => {});
    });
    const stop = followTogether({ look, say: () => {} });
    return () => {
      stop();
      look.cancel();
    };
  }, [href]);

  const shown = count >= 100 ? "99+" : String(count);
  return (
    <Link
      href="/notifications"
      className="relative inline-flex size-9 items-center justify-center text-muted hover:text-ink"
    >
      <svg
        aria-hidden="true"
        viewBox="0 0 24 24"
        className="size-5 fill-none stroke-current"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15z" />
        <path d="M10 20.5a2.2 2.2 0 0 0 4 0" />
      </svg>
      <span className="sr-only">
        {count === 0 ? "Notifications" : `Notifications, ${count >= 100 ? "more than 99" : count} unread`}
      </span>
      {count > 0 && (
        <span
          aria-hidden="true"
          className="absolute top-0 right-0 min-w-4 rounded-full bg-accent px-1 text-center font-medium text-[0.625rem] text-on-accent leading-4"
        >
          {shown}
        </span>
      )}
    </Link>
  );
}
