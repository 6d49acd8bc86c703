import type { Metadata } from "next";
import { Money } from "@/components/money";
import { AppearanceForm } from "@/components/settings/appearance-form";
import { ChoicesForm } from "@/components/settings/choices-form";
import { KeyList } from "@/components/settings/key-list";
import { LimitsForm } from "@/components/settings/limits-form";
import { NewKeyForm } from "@/components/settings/new-key-form";
import { ProfileForm } from "@/components/settings/profile-form";
import { SessionList } from "@/components/settings/session-list";
import { WayList } from "@/components/settings/way-list";
import { ButtonLink } from "@/components/ui/button-link";
import { DownloadLink } from "@/components/ui/download-link";
import { Fact, Facts } from "@/components/ui/facts";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { topicChoices } from "@/lib/queries/notifications";
import { nameOf, ownKeysOf, spendLimitsOf } from "@/lib/queries/settings";
import { walletOf } from "@/lib/queries/wallet";
import { PERSON_NAME_MAX } from "@/lib/services/accounts/person-name";
import { KEY_NAME_MAX, OWN_KEYS_MAX } from "@/lib/services/keys/own-keys";
import { chosenAppearance } from "@/lib/session/appearance";
import { requireAccount } from "@/lib/session/current-account";
import { signInOf } from "@/lib/session/sign-in-view";
import {
  addWay,
  endSessions,
  makeKey,
  removeWay,
  revokeKey,
  setAppearance,
  setChoices,
  setLimits,
  setName,
} from "./actions";

export const metadata: Metadata = { title: "Settings" };

/** As people write it: with both digits of the cents. */
const typed = (dollars: string | null): string => (dollars ?? "").replace(/(\.\d)$/, "$&0");

export default async function SettingsPage() {
  const account = await requireAccount();
  const [name, limits, keys, wallet, signIn, choices, appearance] = await Promise.all([
    nameOf(account),
    spendLimitsOf(account),
    ownKeysOf(account),
    walletOf(account),
    signInOf(),
    topicChoices(account),
    chosenAppearance(),
  ]);
  return (
    <>
      <PageHeader
        title="Settings"
        lead="Who you are here, what may be spent, what may read it, and where you are signed in."
      />
      <div className="grid gap-8">
        <Section id="profile" title="Profile">
          <div className="grid gap-x-10 gap-y-6 lg:grid-cols-2">
            <ProfileForm action={setName} name={name ?? ""} nameMax={PERSON_NAME_MAX} />
            <Facts className="self-start">
              <Fact term="E-mail address">
                <span className="wrap-anywhere">{account.user.email}</span>
              </Fact>
            </Facts>
          </div>
        </Section>
        <Section
          title="Limits"
          lead="New work is refused once an hour of all your work would pass a limit. What runs is not stopped, and what it uses is charged."
        >
          <div className="grid gap-x-10 gap-y-6 lg:grid-cols-2">
            <LimitsForm action={setLimits} dayMax={typed(limits.dayMax)} monthMax={typed(limits.monthMax)} />
            <Facts className="self-start">
              <Fact term="Spent today">
                <Money amount={limits.spentToday} />
              </Fact>
              <Fact term="Spent this month">
                <Money amount={limits.spentThisMonth} />
              </Fact>
              <Fact term="Reserved" note="One hour of all work that may run now; it counts against both limits.">
                <Money amount={wallet.reserved} />
              </Fact>
            </Facts>
          </div>
        </Section>
        <Section
          id="notifications"
          title="Notifications"
          lead={`What you are told, each thing once. Mail goes to ${account.user.email}, and every mail has a link that ends its kind.`}
        >
          <ChoicesForm action={setChoices} choices={choices} />
        </Section>
        <Section
          title="API keys"
          lead={`A key reads what belongs to this account, changes nothing, and sees nobody else. You may have ${OWN_KEYS_MAX}.`}
          actions={
            <ButtonLink href="/docs/api" small>
              API reference
            </ButtonLink>
          }
        >
          <div className="grid gap-6">
            <KeyList keys={keys} revoke={revokeKey} />
            <NewKeyForm action={makeKey} nameMax={KEY_NAME_MAX} />
          </div>
        </Section>
        {signIn && (
          <Section
            title="Sign-in"
            lead="Ways to sign in are never joined by themselves, not even for the same address: another one is added here, or not at all."
          >
            <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-2">
              <SessionList sessions={signIn.sessions} end={endSessions} />
              <WayList ways={signIn.ways} add={addWay} remove={removeWay} />
            </div>
          </Section>
        )}
        <Section title="Appearance" lead="In this browser, on every page.">
          <AppearanceForm action={setAppearance} chosen={appearance} />
        </Section>
        <Section
          title="Your data"
          lead="Everything that is kept about you, in one file; and the way to leave."
          actions={
            <ButtonLink href="/settings/close" look="danger" small>
              Close your account
            </ButtonLink>
          }
        >
          <DownloadLink href="/settings/export">Export your data</DownloadLink>
        </Section>
      </div>
    </>
  );
}
