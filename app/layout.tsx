import "./globals.css";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { KeepFocus } from "@/components/keep-focus";
import { SkipLink } from "@/components/skip-link";
import { chosenAppearance } from "@/lib/session/appearance";
import { publicOrigin } from "@/lib/session/public-origin";

const title = "Tenspot";
const description = "Prepaid GPU credit: a bonus when your first ten dollars are spent, and every cent explained.";

/** Read when asked for: addresses in tags are whole ones, and where the product is reached is known only then. */
export async function generateMetadata(): Promise<Metadata> {
  await connection();
  const images = [{ url: "/card.png", width: 1200, height: 630, alt: description }];
  return {
    metadataBase: new URL(publicOrigin()),
    title: { default: title, template: `%s · ${title}` },
    description,
    openGraph: { type: "website", siteName: title, title, description, images },
    twitter: { card: "summary_large_image", title, description, images },
  };
}

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#faf9f4" },
    { media: "(prefers-color-scheme: dark)", color: "#0f1411" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Every page carries scripts with a nonce of its own request, so none is made at build time.
  await connection();
  // Live updates begin with what happened after this.
  const renderedAt = Date.now();
  return (
    <html
      lang="en"
      className={GeistSans.variable}
      data-appearance={await chosenAppearance()}
      data-rendered-at={renderedAt}
    >
      <body className="min-h-dvh antialiased">
        <SkipLink />
        <KeepFocus />
        {children}
      </body>
    </html>
  );
}
