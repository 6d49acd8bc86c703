/** What the operator area consists of, in the order of its navigation. */
export const areas = [
  { href: "/operator", label: "Overview" },
  { href: "/operator/reviews", label: "Held for review" },
  { href: "/operator/applications", label: "Applications" },
  { href: "/operator/support", label: "Questions" },
  { href: "/operator/quarantine", label: "Quarantine" },
  { href: "/operator/programs", label: "Programs" },
  { href: "/operator/credit", label: "Credit" },
  { href: "/operator/refunds", label: "Refunds" },
  { href: "/operator/accounts", label: "Accounts" },
  { href: "/operator/clusters", label: "Clusters" },
  { href: "/operator/webhooks", label: "Webhooks" },
  { href: "/operator/audit", label: "Audit log" },
] as const;
