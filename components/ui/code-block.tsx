/** A program or a document as it is: it keeps its lines and scrolls inside itself, by keyboard too. */
export function CodeBlock({ label, children }: { label: string; children: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div role="group" aria-label={label} tabIndex={0} className="overflow-x-auto border border-line bg-sunken">
      <pre className="p-4 text-xs leading-5">
        <code className="font-mono">{children}</code>
      </pre>
    </div>
  );
}
