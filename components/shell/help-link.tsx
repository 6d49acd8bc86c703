"use client";

import { usePathname } from "next/navigation";
import { Link } from "@/components/ui/link";

/** To the help, and from there to a person, who is told which page it was. */
export function HelpLink() {
  return (
    <Link href={`/help?${new URLSearchParams({ page: usePathname() })}`} className="link">
      Help
    </Link>
  );
}
