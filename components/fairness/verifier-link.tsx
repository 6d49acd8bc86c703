/** Saves the check that is one file. It is saved, not opened: on our own pages no foreign script may run. */
export function VerifierLink() {
  return (
    <a href="/verify-draw.html" download className="link">
      the check as a single file
    </a>
  );
}
