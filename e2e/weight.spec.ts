import { expect, type Page, test } from "@playwright/test";
import { customerOn } from "./platform-steps";
import { liveStream } from "./screen-steps";

/** What the dashboard may cost a phone before any chart is in view, compressed. */
const SCRIPT_BYTES_MAX = 150_000;
const FONT_BYTES_MAX = 75_000;

/** Bytes of bodies as they came over the wire, by kind and address. */
async function transferred(page: Page, open: () => Promise<unknown>) {
  const session = await page.context().newCDPSession(page);
  const kinds = new Map<string, { kind: string; url: string }>();
  const sizes = new Map<string, number>();
  session.on("Network.responseReceived", ({ requestId, type, response }) =>
    kinds.set(requestId, { kind: type, url: new URL(response.url).pathname }),
  );
  session.on("Network.dataReceived", ({ requestId, encodedDataLength }) =>
    sizes.set(requestId, (sizes.get(requestId) ?? 0) + encodedDataLength),
  );
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  await open();
  return (kind: string) => {
    const loaded = [...kinds].map(([requestId, each]) => ({ ...each, bytes: sizes.get(requestId) ?? 0 }));
    const of = loaded.filter((each) => each.kind === kind).sort((a, b) => b.bytes - a.bytes);
    return { bytes: of.reduce((sum, { bytes }) => sum + bytes, 0), of };
  };
}

test("the dashboard is light before a chart is in view, and nothing on it jumps", async ({ page, baseURL }) => {
  const { platform, customer } = await customerOn(page, baseURL, "Nora");
  await platform.deposit(customer, "25");
  await platform.use(customer, 4);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.addInitScript(() => {
    Object.assign(window, { shift: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if ("value" in entry)
          Object.assign(window, { shift: Number(Reflect.get(window, "shift")) + Number(entry.value) });
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  // The stream is opened by scripts that run: all that the page needs at first has come by then.
  const weight = await transferred(page, () => Promise.all([liveStream(page), page.goto("/dashboard")]));
  await expect(page.locator("svg.recharts-surface")).toHaveCount(0);
  const [scripts, fonts] = [weight("Script"), weight("Font")];
  const lines = [...scripts.of, ...fonts.of].map(({ bytes, url }) => `${String(bytes).padStart(8)} ${url}`);
  console.log(`scripts ${scripts.bytes} bytes, fonts ${fonts.bytes} bytes compressed\n${lines.join("\n")}`);
  expect(scripts.bytes, "scripts").toBeLessThanOrEqual(SCRIPT_BYTES_MAX);
  expect(fonts.bytes, "fonts").toBeLessThanOrEqual(FONT_BYTES_MAX);
  expect(await page.evaluate(() => Reflect.get(window, "shift"))).toBe(0);
});
