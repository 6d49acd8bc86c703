import { Instant } from "@/components/instant";
import { Digest } from "@/components/ui/digest";
import { Fact, Facts } from "@/components/ui/facts";

interface Account {
  id: string;
  externalId: string;
  name: string | null;
  email: string | null;
  emailVerified: boolean;
  region: string | null;
  status: "active" | "held" | "closed";
  /** ISO 8601 */
  signedUpAt: string;
  referralCode: string;
  hasOwner: boolean;
  clusterId: string | null;
}

const none = <span className="text-muted">none</span>;

/** Who an account is. */
export function AccountFacts({ account }: { account: Account }) {
  const { id, name, email, emailVerified, region, status, signedUpAt, referralCode, hasOwner, clusterId } = account;
  return (
    <Facts>
      <Fact term="Name">{name ?? none}</Fact>
      <Fact term="E-mail">
        {email === null ? none : <span className="wrap-anywhere">{email}</span>}
        {email !== null && !emailVerified && <span className="text-warning"> (not verified)</span>}
      </Fact>
      <Fact term="Signs in">{hasOwner ? "yes" : "nobody has yet"}</Fact>
      <Fact term="Signed up">
        <Instant at={signedUpAt} />
      </Fact>
      <Fact term="Region">{region ?? none}</Fact>
      <Fact term="Status">{status}</Fact>
      <Fact term="Referral code">
        <Digest>{referralCode}</Digest>
      </Fact>
      <Fact term="Cluster" note="Accounts found to be one person's: between them nothing is earned.">
        {clusterId === null ? none : <Digest>{clusterId}</Digest>}
      </Fact>
      <Fact term="Id">
        <Digest>{id}</Digest>
      </Fact>
    </Facts>
  );
}
