/** A sentence in which what stands between backticks is set as code. */
export function Prose({ children }: { children: string }) {
  const parts = children.split("`");
  return parts.map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a sentence does not change its order
      <code key={index} className="rounded-sm bg-sunken px-1 font-mono text-[0.9em] [overflow-wrap:anywhere]">
        {part}
      </code>
    ) : (
      part
    ),
  );
}
