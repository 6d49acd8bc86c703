import Link from "next/link";

/** An account of which only the platform's name is at hand, leading to what is known of it. */
export function NamedAccount({ name }: { name: string }) {
  return (
    <Link
      href={`/operator/accounts?${new URLSearchParams({ q: name })}`}
      prefetch={false}
      className="link wrap-anywhere"
    >
      {name}
    </Link>
  );
}
