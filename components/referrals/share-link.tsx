import { CopyField } from "@/components/ui/copy-field";
import { DownloadLink } from "@/components/ui/download-link";
import type { ShareTexts } from "@/lib/programs/share-texts";
import { ShareWords } from "./share-words";

interface ShareLinkProps {
  url: string;
  /** Absent where no terms of referrals are in force. */
  texts: ShareTexts | undefined;
}

/** The link to copy, words to send it with, and the same as a code to print. */
export function ShareLink({ url, texts }: ShareLinkProps) {
  return (
    <div className="grid items-start gap-6 sm:grid-cols-[minmax(0,1fr)_auto]">
      <div className="grid max-w-xl gap-4">
        <CopyField label="Your referral link" value={url} />
        {texts && <ShareWords {...texts} />}
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
