/** Hex digits, an id: every character is there and may break anywhere. */
export function Digest({ children }: { children: string }) {
  return <code className="break-all font-mono text-[0.8125em]">{children}</code>;
}
