"use client";

import { usePathname } from "next/navigation";
import { Link } from "@/components/ui/link";

/** A link of the operator area's navigation. The overview is above the others in the address, and yet only itself. */
export function AreaLink({ href, children }: { href: string; children: string }) {
  const path = usePathname();
  const isBelow = href !== "/operator" && path.startsWith(`${href}/`);
  return (
    <Link
      href={href}
      aria-current={path === href ? "page" : isBelow ? "true" : undefined}
      className="flex min-h-9 items-center border-transparent border-b-2 px-2 text-muted text-sm hover:text-ink aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-ink lg:border-b-0 lg:border-l-2 lg:px-3"
    >
      {children}
    </Link>
  );
}
