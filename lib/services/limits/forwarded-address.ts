/**
 * The address a request came from, as the proxies in front wrote it: each appends the one it was asked by, so that the
 * last but `proxies - 1` is the client's and what stands before it is whatever the client claims. Next's own server
 * writes the header where nothing in front did.
 * @param proxies 0 where nobody stands in front, so that the header says nothing.
 * @returns null where the header is absent or names fewer.
 */
export function forwardedAddress(forwardedFor: string | null | undefined, proxies: number): string | null {
  if (proxies === 0) return null;
  const addresses = (forwardedFor ?? "").split(",").map((each) => each.trim());
  return addresses.at(-proxies) || null;
}
