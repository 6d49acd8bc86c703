import "./globals.css";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { SkipLink } from "@/components/skip-link";
import { chosenAppearance } from "@/lib/session/appearance";

export const metadata: Metadata = {
  title: { default: "Tenspot", template: "%s · Tenspot" },
  description: "Prepaid GPU credit: a bonus when your first ten dollars are spent, and every cent explained.",
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#faf9f4" },
    { media: "(prefers-color-scheme: dark)", color: "#0f1411" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Every page carries scripts with a nonce of its own request, so none is made at build time.
  await connection();
  return (
    <html lang="en" className={GeistSans.variable} data-appearance={await chosenAppearance()}>
      <body className="min-h-dvh antialiased">
        <SkipLink />
        {children}
      </body>
    </html>
  );
}
