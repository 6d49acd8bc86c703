import Link from "next/link";

/** A rosette of ten scallops, small enough for a line of text: its rim, and two waves that cross. */
const RIM =
  "M50 2c3 0 5 3 7 6s3 5 5 6s5-1 8-2s6-2 8-1s2 6 2 9s0 6 1 8s4 1 7 2s7 3 8 5s-2 5-4 8s-4 5-4 7s2 4 4 7s5 6 4 8s-5 4-8 5s-6 0-7 2s-1 5-1 8s0 8-2 9s-5 0-8-1s-6-3-8-2s-3 3-5 6s-4 6-7 6s-5-3-7-6s-3-5-5-6s-5 1-8 2s-6 2-8 1s-2-6-2-9s0-6-1-8s-4-1-7-2s-7-3-8-5s2-5 4-8s4-5 4-7s-2-4-4-7s-5-6-4-8s5-4 8-5s6 0 7-2s1-5 1-8s0-8 2-9s5 0 8 1s6 3 8 2s3-3 5-6s4-6 7-6z";
const WAVES =
  "M50 20c2 0 3 3 4 6s1 7 2 7s2-2 5-4s6-4 7-3s0 4-1 7s-3 5-2 6s3 0 6 0s8 1 8 2s-2 3-5 5s-6 3-6 4s3 2 6 4s5 4 5 5s-5 2-8 2s-5-1-6 0s1 3 2 6s2 6 1 7s-4-1-7-3s-4-4-5-4s-1 4-2 7s-2 6-4 6s-3-3-4-6s-1-7-2-7s-2 2-5 4s-6 4-7 3s0-4 1-7s3-5 2-6s-3 0-6 0s-8-1-8-2s2-3 5-5s6-3 6-4s-3-2-6-4s-5-4-5-5s5-2 8-2s5 1 6 0s-1-3-2-6s-2-6-1-7s4 1 7 3s4 4 5 4s1-4 2-7s2-6 4-6zM50 32c1 0 2-3 4-6s4-5 5-5s2 5 2 8s-1 5 0 6s3-1 6-2s6-2 7-1s-1 4-3 7s-4 4-4 5s4 1 7 2s6 2 6 4s-3 3-6 4s-7 1-7 2s2 2 4 5s4 6 3 7s-4 0-7-1s-5-3-6-2s0 3 0 6s-1 8-2 8s-3-2-5-5s-3-6-4-6s-2 3-4 6s-4 5-5 5s-2-5-2-8s1-5 0-6s-3 1-6 2s-6 2-7 1s1-4 3-7s4-4 4-5s-4-1-7-2s-6-2-6-4s3-3 6-4s7-1 7-2s-2-2-4-5s-4-6-3-7s4 0 7 1s5 3 6 2s0-3 0-6s1-8 2-8s3 2 5 5s3 6 4 6z";

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
