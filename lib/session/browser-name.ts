/** What a name consists of; the first that is found counts, for each browser also claims to be those below it. */
const browsers = [
  [/Edg(?:e|A|iOS)?\//, "Edge"],
  [/(?:OPR|OPiOS|Opera)\//, "Opera"],
  [/SamsungBrowser\//, "Samsung Internet"],
  [/(?:Firefox|FxiOS)\//, "Firefox"],
  [/(?:Chrome|Chromium|CriOS)\//, "Chrome"],
  [/Safari\//, "Safari"],
] as const;

/** iPhones claim to be like a Mac, Androids and Chromebooks are Linuxes. */
const systems = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/CrOS/, "ChromeOS"],
  [/Macintosh|Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
] as const;

/**
 * A browser and its system as their owner knows them, "Firefox on Linux", from what a User-Agent header claims. The words
 * are ours alone, under 32 characters: nothing of the header itself is kept. Null for what says neither.
 */
export function browserName(userAgent: string | null): string | null {
  const claimed = userAgent ?? "";
  const named = (rules: readonly (readonly [RegExp, string])[]) => rules.find(([sign]) => sign.test(claimed))?.[1];
  const [browser, system] = [named(browsers), named(systems)];
  if (system === undefined) return browser ?? null;
  return `${browser ?? "A browser"} on ${system}`;
}
