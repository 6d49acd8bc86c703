import { Link } from "@/components/ui/link";

/** An account of which only the platform's name is at hand, leading to what is known of it. */
export function NamedAccount({ name }: { name: string }) {
  return (
    <Link href={`/operator/accounts?${new URLSearchParams({ q: name })}`} className="link wrap-anywhere">
      {name}
    </Link>
  );
}
