import { CopyField } from "@/components/ui/copy-field";
import { Notice } from "@/components/ui/notice";

/** A signing secret, shown this once; said aloud when it comes. */
export function SecretOnce({ title, secret }: { title: string; secret: string }) {
  return (
    <div aria-live="polite">
      {secret !== "" && (
        <Notice title={`${title} Copy its secret now: it is shown this once.`}>
          <p className="mb-3">The receiver verifies by it that a message is ours and unchanged.</p>
          <CopyField key={secret} label="Signing secret" value={secret} />
        </Notice>
      )}
    </div>
  );
}
