/** What the signed-in product consists of, in the order of the navigation. */
export const sections = [
  { href: "/dashboard", label: "Dashboard" },
  { href: "/usage", label: "Usage" },
  { href: "/funds", label: "Funds" },
  { href: "/bonus", label: "Bonus" },
  { href: "/referrals", label: "Referrals" },
  { href: "/templates", label: "Templates" },
  { href: "/statement", label: "Statement" },
  { href: "/settings", label: "Settings" },
] as const;
