import type { ReactNode } from "react";
import { buttonClasses } from "./button-look";

/** A link that looks like a button and brings a file: left to the browser, which asks for it once. */
export function DownloadLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a className={buttonClasses({ look: "secondary", small: true })} href={href} download>
      {children}
    </a>
  );
}
