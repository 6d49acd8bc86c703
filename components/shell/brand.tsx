import { Link } from "@/components/ui/link";
import { RIM, WAVES } from "./brand-mark";

export function Brand({ href }: { href: string }) {
  return (
    <Link href={href} className="inline-flex min-h-9 items-center gap-2 font-semibold text-lg tracking-tight">
      <svg aria-hidden="true" viewBox="0 0 100 100" className="size-7">
        <path d={RIM} className="fill-accent" />
        <path d={WAVES} className="fill-none stroke-paper" strokeWidth="4" />
      </svg>
      Tenspot
    </Link>
  );
}
