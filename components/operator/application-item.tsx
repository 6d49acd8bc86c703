import { Instant } from "@/components/instant";
import { Money } from "@/components/money";
import { Badge } from "@/components/ui/badge";
import { AccountLink } from "./account-link";
import type { ActAction } from "./act-state";
import { Decide } from "./decide";
import { DecisionForm } from "./decision-form";

interface Application {
  reference: string;
  account: { id: string; externalId: string };
  /** ISO 8601 */
  submittedAt: string;
  /** The conditions as they stand now; null where no pair is left under the terms. Exact decimal dollars. */
  gate: {
    accounts: { have: number; need: number };
    spend: { have: string; need: string; met: boolean };
    met: boolean;
  } | null;
}

/** An application that waits, with what it rests on. */
export function ApplicationItem({ application, action }: { application: Application; action: ActAction }) {
  const { reference, account, submittedAt, gate } = application;
  return (
    <li className="border-line border-b py-3 first:pt-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 className="font-medium">
          <AccountLink account={account} />
        </h3>
        <p className="text-muted text-sm">
          applied <Instant at={submittedAt} />
        </p>
      </div>
      {gate === null ? (
        <p className="mt-1 text-sm">
          <Badge tone="warn">No pair</Badge> It refers nobody under the beta terms any more.
        </p>
      ) : (
        <ul className="mt-1 grid gap-1 text-sm">
          <li>
            <Met met={gate.accounts.have >= gate.accounts.need} /> {gate.accounts.have} of {gate.accounts.need} referred
            accounts have paid spend
          </li>
          <li>
            <Met met={gate.spend.met} /> <Money amount={gate.spend.have} /> of <Money amount={gate.spend.need} /> spent
            by them together
          </li>
        </ul>
      )}
      <Decide about={`the application of ${account.externalId}`}>
        <DecisionForm
          action={action}
          id={reference}
          legend="This application"
          choices={[
            { value: "accept", label: "Accept" },
            { value: "decline", label: "Decline" },
          ]}
          reasonHint="The referrer reads it. Accepted, all that is pending is released; declined, nothing is lost."
        />
      </Decide>
    </li>
  );
}

const Met = ({ met }: { met: boolean }) => <Badge tone={met ? "good" : "warn"}>{met ? "Met" : "Not met"}</Badge>;
