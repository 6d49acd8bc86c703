"use client";

import { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";
import { Link } from "@/components/ui/link";

/** A link of the navigation that knows whether its page, or one below it, is shown. */
export function NavLink({ href, children }: { href: string; children: string }) {
  const path = usePathname();
  const here = path === href || path.startsWith(`${href}/`);
  return (
    <Link
      href={href}
      aria-current={here ? (path === href ? "page" : "true") : undefined}
      className="flex min-h-9 items-center border-transparent border-b-2 px-2 text-muted text-sm hover:text-ink aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-ink lg:border-b-0 lg:border-l-2 lg:px-3"
    >
      {children}
      <OnTheWay />
    </Link>
  );
}

/** Says that the page is on its way, once that takes a moment. */
function OnTheWay() {
  const { pending } = useLinkStatus();
  return (
    <span className={pending ? "opacity-100 transition-opacity delay-200" : "opacity-0"}>
      {pending && (
        <>
          …<span className="sr-only"> is loading</span>
        </>
      )}
    </span>
  );
}
