import { CopyField } from "@/components/ui/copy-field";
import { DownloadLink } from "@/components/ui/download-link";

interface ShareLinkProps {
  url: string;
  /** The offer in the referrer's own words, from the terms in force; the link follows it. */
  invitation: string | undefined;
}

/** The link to copy, words to send it with, and the same as a code to print. */
export function ShareLink({ url, invitation }: ShareLinkProps) {
  return (
    <div className="grid items-start gap-6 sm:grid-cols-[minmax(0,1fr)_auto]">
      <div className="grid max-w-xl gap-4">
        <CopyField label="Your referral link" value={url} />
        {invitation && <CopyField label="Words to send it with" value={`${invitation} ${url}`} />}
      </div>
      <figure className="grid justify-items-start gap-2">
        {/* biome-ignore lint/performance/noImgElement: a few hundred lines of SVG of our own, nothing to optimise */}
        <img
          src="/referrals/qr/svg"
          alt="Your referral link as a QR code"
          width={128}
          height={128}
          className="rounded-sm border border-line bg-white"
        />
        <figcaption className="flex gap-2">
          <DownloadLink href="/referrals/qr/svg?download">SVG</DownloadLink>
          <DownloadLink href="/referrals/qr/png?download">PNG</DownloadLink>
        </figcaption>
      </figure>
    </div>
  );
}
