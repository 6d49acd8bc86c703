import type { ReactElement, ReactNode } from "react";
import { durationText } from "@/components/duration-text";
import { PlainMoney } from "./plain-money";
import type { PostingToTell } from "./posting";

const methods: Record<string, string> = {
  card: "Deposit by card",
  crypto: "Deposit in stablecoin",
  invoice: "Deposit by invoice",
};
/** A reward's cause ends in how often it was posted or taken back. */
const postedAgain = /^reward:.*:(?!1$)[0-9]+$/;
const things: Record<string, { alone: string; on: string }> = {
  pod: { alone: "pod", on: "on pod" },
  serverless: { alone: "serverless", on: "on endpoint" },
  storage: { alone: "storage", on: "on volume" },
};

/** What happened, in a line. */
export function postingTitle({ kind, cause, explains }: Omit<PostingToTell, "changes">): string {
  switch (kind) {
    case "usage":
      return `Usage: ${usageText(explains)}`;
    case "void":
      return `Usage taken back: ${usageText(explains)}`;
    case "deposit":
      return methods[explains.method ?? ""] ?? "Deposit";
    case "opening":
      return "Credit carried over";
    case "grant":
      return `Credit granted: ${explains.reason ?? "no reason given"}`;
    case "refund":
      return explains.note ? `Deposit refunded: ${explains.note}` : "Deposit refunded";
    case "refund_failed":
      return "Refund failed, deposit returned";
    case "chargeback":
      return "Deposit charged back";
    case "dispute_won":
      return "Dispute won, deposit returned";
    case "bonus":
      return postedAgain.test(cause) ? "Bonus returned" : "Bonus drawn";
    case "bonus-back":
      return "Bonus taken back";
    case "milestone":
      return postedAgain.test(cause) ? "Milestone returned" : "Milestone reached";
    case "milestone-back":
      return "Milestone taken back";
    case "release":
      return explains.milestone === undefined ? "Held bonus released" : "Held milestone released";
    case "expiry":
      return "Credit expired, not spent in time";
    case "lapse":
      return "Credit lapsed with the account";
    case "given-up":
      return "Unspent money given up";
    case "given-back":
      return "Money given up is used after all";
    case "write-off":
      return "Written off";
    case "settlement":
      return "Debt settled from returned credit";
    case "commission":
      return "Commission";
    case "royalty":
      return `Royalty of template ${explains.template ?? ""}`;
    default:
      return `${kind.charAt(0).toUpperCase()}${kind.slice(1).replaceAll(/[_-]/g, " ")}`;
  }
}

/** "2 × rtx4090, 1 h on pod pod_abc" */
function usageText({
  service = "",
  sku,
  quantityMilli = "1000",
  durationMs = "0",
  resource,
  template,
}: Record<string, string>) {
  const { alone, on } = things[service] ?? { alone: service, on: "on" };
  const quantity = quantityText(quantityMilli);
  return [
    quantity === "1" ? (sku ?? alone) : `${quantity} × ${sku ?? alone}`,
    durationMs !== "0" && `, ${durationText(durationMs)}`,
    resource && ` ${on} ${resource}`,
    template && `, template ${template}`,
  ]
    .filter(Boolean)
    .join("");
}

/** Thousandths as a plain number: "1500" is "1.5". */
function quantityText(milli: string): string {
  const digits = milli.padStart(4, "0");
  const fraction = digits.slice(-3).replace(/0+$/, "");
  return fraction === "" ? digits.slice(0, -3) : `${digits.slice(0, -3)}.${fraction}`;
}

const names: Record<string, string> = { "promo.held": "held promo" };
/** As a source, *paid* is what was paid in before. */
const sources: Record<string, string> = { ...names, paid: "prepaid" };

/** Which credit it came from and went to, with the amounts: "paid from promo $0.20 and prepaid $0.14". */
export function PostingSources({ kind, explains, changes }: PostingToTell) {
  const buckets = changes.filter(({ bucket }) => bucket !== "debt" && bucket !== "pending");
  const added = buckets.filter(({ change }) => !change.startsWith("-"));
  const drawn = buckets.filter(({ change }) => change.startsWith("-"));
  const parts = [
    ...added.map(({ bucket, change }) => said(bucket, change, `to ${names[bucket] ?? bucket} credit`)),
    ...changes.flatMap(({ bucket, change }) => {
      const settles = change.startsWith("-");
      if (bucket === "debt") return [said(bucket, change, settles ? "settled debt" : "owed as debt")];
      if (bucket === "pending") return [said(bucket, change, pendingWords(explains, change))];
      return [];
    }),
  ];
  return (
    <>
      {joined(parts)}
      {parts.length > 0 && drawn.length > 0 && ", "}
      {drawn.length > 0 && (kind === "usage" ? "paid from " : "taken from ")}
      {joined(
        drawn.map(({ bucket, change }) => (
          <span key={bucket}>
            {sources[bucket] ?? bucket} <PlainMoney amount={magnitude(change)} />
          </span>
        )),
      )}
    </>
  );
}

/**
 * What a change of what is pending means: what it waits for, or why it waits no longer. Only commission of a pair in
 * review is posted with the referral it comes of.
 */
export function pendingWords({ program, referral, released }: PostingToTell["explains"], change: string): string {
  if (change.startsWith("-")) {
    return released === undefined || released === magnitude(change) ? "released from pending" : "no longer pending";
  }
  if (referral !== undefined) return "pending while its referral is in review";
  if (program === "referral-beta") return "pending until the gate of the beta terms is open";
  return "pending until its gate is met";
}

const said = (bucket: string, change: string, words: string) => (
  <span key={bucket}>
    <PlainMoney amount={magnitude(change)} /> {words}
  </span>
);

const magnitude = (change: string): string => change.replace(/^-/, "");

/** "a, b and c" */
const joined = (parts: readonly ReactElement[]): ReactNode =>
  parts.flatMap((part, index) => [index === 0 ? "" : index === parts.length - 1 ? " and " : ", ", part]);
