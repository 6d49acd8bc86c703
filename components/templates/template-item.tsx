import type { ReactNode } from "react";
import { LiveMoney } from "@/components/live-money";
import { Money } from "@/components/money";
import { Digest } from "@/components/ui/digest";
import { Link } from "@/components/ui/link";
import { GateProgress } from "./gate-progress";
import { RoyaltyState } from "./royalty-state";
import type { ShownTemplate } from "./template";

/** One template in the list: how far its gate is, who uses it, what it earns. */
export function TemplateItem({ template, href }: { template: ShownTemplate; href: string }) {
  const { name, externalId, gate, runtimeMs, users, spend, rate, royalty } = template;
  return (
    <li className="grid gap-3 border-line border-b py-4 first:pt-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h3 className="flex min-w-0 flex-wrap items-baseline gap-x-3 gap-y-1 font-medium">
          <Link className="link break-words" href={href}>
            {name}
          </Link>
          <RoyaltyState gate={gate} />
        </h3>
        <p>
          <LiveMoney amount={royalty.accrued} size="md" /> <span className="text-muted text-sm">earned</span>
        </p>
      </div>
      <GateProgress gate={gate} runtimeMs={runtimeMs} />
      <dl className="grid grid-cols-2 gap-x-6 gap-y-2 text-sm sm:grid-cols-5">
        <Detail term="Users">{users.toLocaleString("en-US")}</Detail>
        <Detail term="Spend of others">
          <LiveMoney amount={spend} />
        </Detail>
        <Detail term="Pending">
          <Money amount={royalty.pending} />
        </Detail>
        <Detail term="Released">
          <Money amount={royalty.released} />
        </Detail>
        <Detail term={`Template, ${rate}`}>
          <Digest>{externalId}</Digest>
        </Detail>
      </dl>
    </li>
  );
}

function Detail({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-muted">{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
