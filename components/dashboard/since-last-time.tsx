import type { ReactNode } from "react";
import { Instant } from "@/components/instant";
import { Money } from "@/components/money";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";

/** What changed, exact decimal dollars; below zero for what was taken back. */
interface Change {
  what: keyof typeof words;
  amount: string;
  /** How often; null where that says nothing. */
  times: number | null;
}

interface SinceLastTimeProps {
  /** The end of the visit before, ISO 8601. */
  at: string;
  changes: readonly Change[];
}

const words = {
  spent: { term: "Used", href: "/usage", back: "Usage taken back" },
  deposits: { term: "Paid in", href: "/funds", back: "" },
  returned: { term: "Paid back", href: "/funds", back: "" },
  bonus: { term: "Bonuses", href: "/bonus", back: "" },
  takenBack: { term: "Bonuses taken back", href: "/bonus", back: "" },
  granted: { term: "Credit granted", href: "/statement", back: "" },
  commission: { term: "Commission earned", href: "/referrals", back: "Commission taken back" },
  royalty: { term: "Royalty earned", href: "/templates", back: "Royalty taken back" },
  expired: { term: "Credit expired", href: "/statement", back: "" },
} as const;

/** What happened to the account since its owner last looked, each leading to where it is explained. */
export function SinceLastTime({ at, changes }: SinceLastTimeProps) {
  return (
    <Section
      title="Since last time"
      lead={
        <>
          Your last visit ended <Instant at={at} />.{changes.length === 0 && " Nothing has moved since."}
        </>
      }
    >
      {changes.length > 0 && (
        <dl className="grid grid-cols-2 gap-x-8 gap-y-3 sm:grid-cols-4 lg:grid-cols-5">
          {changes.map((change) => (
            <Changed key={change.what} {...change} />
          ))}
        </dl>
      )}
    </Section>
  );
}

function Changed({ what, amount, times }: Change): ReactNode {
  const { term, href, back } = words[what];
  const isBack = amount.startsWith("-");
  return (
    <div className="min-w-0">
      <dt className="text-sm">
        <Link href={href} className="link">
          {isBack ? back : term}
        </Link>
      </dt>
      <dd>
        <Money amount={amount.replace(/^-/, "")} size="md" />
        {times !== null && times > 1 && <span className="text-muted text-sm"> in {times.toLocaleString("en-US")}</span>}
      </dd>
    </div>
  );
}
