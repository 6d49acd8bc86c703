import { Instant } from "@/components/instant";
import { Notice } from "@/components/ui/notice";
import { type ReferralHold, type ReferralWindow, type ServiceRate, serviceLabels } from "./referral";
import { holdWords, voidReasonWords } from "./referral-words";

interface OwnReferralNoticeProps {
  /** What the referrer earns. */
  rates: readonly ServiceRate[];
  window: ReferralWindow;
  /** Why it does not count; null where it does. */
  voidReason: string | null;
  hold: ReferralHold | null;
}

/** Told to an account that came by somebody's link: what its referrer earns of it, and until when. */
export function OwnReferralNotice({ rates, window, voidReason, hold }: OwnReferralNoticeProps) {
  if (voidReason !== null) {
    return (
      <Notice look="warn" title="Your referral does not count">
        {voidReasonWords(voidReason).referred} Nobody earns anything by it; your own credit is not affected.
      </Notice>
    );
  }
  if (hold !== null) {
    return (
      <Notice look="warn" title={hold.state === "held" ? "Your referral is in review" : "Your referral does not count"}>
        {holdWords(hold).referred} Your own credit is not affected.
      </Notice>
    );
  }
  const shares = rates.map(
    ({ service, rate }) => `${rate} of what you spend on ${serviceLabels[service].toLowerCase()}`,
  );
  return (
    <Notice title="You were referred">
      {window.isOver ? "Your referrer earned " : "Your referrer earns "}
      {shares.join(" and ")}{" "}
      {window.end === null ? (
        "for as long as your account lives"
      ) : (
        <>
          until <Instant at={window.end} precision="second" />
        </>
      )}
      . It costs you nothing: the platform pays it. They do not see who you are, or what you run.
    </Notice>
  );
}
