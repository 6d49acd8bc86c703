import { expect, test } from "vitest";
import { findDestination, isAllowedAddress, readEndpointUrl } from "./destination";

const outside = { allowLoopback: false };
const inside = { allowLoopback: true };

test.each([
  "0.0.0.0",
  "10.0.0.1",
  "100.64.0.1",
  "100.127.255.254",
  "127.0.0.1",
  "127.9.9.9",
  "169.254.169.254",
  "172.16.0.1",
  "172.31.255.255",
  "192.0.0.1",
  "192.0.2.1",
  "192.168.0.1",
  "198.18.0.1",
  "198.19.255.255",
  "198.51.100.1",
  "203.0.113.9",
  "224.0.0.1",
  "240.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "::ffff:127.0.0.1",
  "::ffff:7f00:1",
  "::ffff:8.8.8.8",
  "0:0:0:0:0:ffff:7f00:1",
  "::127.0.0.1",
  "64:ff9b::7f00:1",
  "64:ff9b:1::1",
  "100::1",
  "2001::1",
  "2001:db8::1",
  "2002:7f00:1::1",
  "3fff::1",
  "fc00::1",
  "fd12:3456::1",
  "fe80::1",
  "fe80::1%lo",
  "fec0::1",
  "ff02::1",
  "not-an-address",
])("%s is not on the public network, and nothing is sent to it", (address) => {
  expect(isAllowedAddress(address, outside)).toBe(false);
});

test.each(["1.1.1.1", "8.8.8.8", "100.63.255.255", "172.15.0.1", "172.32.0.1", "223.255.255.254", "2606:4700::1111"])(
  "%s is on the public network",
  (address) => expect(isAllowedAddress(address, outside)).toBe(true),
);

test("the demo may send to this machine, and still to no private network", () => {
  for (const address of ["127.0.0.1", "127.1.2.3", "::1"]) expect(isAllowedAddress(address, inside)).toBe(true);
  for (const address of ["10.0.0.1", "169.254.169.254", "192.168.0.1", "fd00::1", "::ffff:127.0.0.1"]) {
    expect(isAllowedAddress(address, inside), address).toBe(false);
  }
});

test.each([
  "https://127.0.0.1/",
  "https://127.1/",
  "https://2130706433/",
  "https://0x7f.0.0.1/",
  "https://0177.0.0.1/",
  "https://[::1]/",
  "https://[::ffff:127.0.0.1]/",
  "https://[0:0:0:0:0:ffff:7f00:1]/",
  "https://169.254.169.254/latest/meta-data",
  "https://１２７.０.０.１/",
  "https://localhost/",
])("%s is refused, however the address is written", async (text) => {
  const url = readEndpointUrl(text, outside);
  const found = url.ok ? await findDestination(url.value, outside) : url;
  expect(found).toMatchObject({ ok: false, problem: { code: "invalid", path: "url" } });
});

test("a name is refused when any one of its addresses is private", async () => {
  const url = new URL("https://hooks.example/");
  const leadingTo = (...addresses: string[]) => findDestination(url, { ...outside, resolve: async () => addresses });
  expect(await leadingTo("1.1.1.1", "2606:4700::1111")).toMatchObject({ ok: true, value: { address: "1.1.1.1" } });
  for (const barred of ["10.0.0.1", "::1", "::ffff:10.0.0.1", "fd00::1"]) {
    expect(await leadingTo("1.1.1.1", barred), barred).toMatchObject({ ok: false, problem: { code: "invalid" } });
  }
  expect(await leadingTo()).toMatchObject({ ok: false, problem: { code: "unavailable" } });
});

test.each([
  "http://example.com/",
  "ftp://example.com/",
  "https://user:secret@example.com/",
  "example.com",
  "javascript:0",
])("%s is no address of an endpoint", (text) =>
  expect(readEndpointUrl(text, outside)).toMatchObject({ ok: false, problem: { path: "url" } }),
);

test("plain http is for this machine's own demo", () => {
  expect(readEndpointUrl("http://127.0.0.1:9/hooks#part", inside)).toMatchObject({ ok: true });
});
