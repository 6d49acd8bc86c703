import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { done, type Result, refused } from "@/lib/services/result";

/** An address that was checked, and is the one to connect to. */
export interface Destination {
  address: string;
  family: 4 | 6;
}

export interface DestinationRules {
  /** Whether this machine itself may be told, over plain http too: in the demo and in tests. */
  allowLoopback: boolean;
  /** All addresses of a name; the system's resolver when absent. */
  resolve?: (host: string) => Promise<readonly string[]>;
}

/** What is not on the public network, by the registries of special-purpose addresses (RFC 6890 and its successors). */
const special4 = subnets("ipv4", [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.31.196.0/24",
  "192.52.193.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "192.175.48.0/24",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/3",
]);

/** Public IPv6 lies in 2000::/3. What embeds IPv4 addresses there, or is special, is left out of it. */
const public6 = subnets("ipv6", ["2000::/3"]);
const special6 = subnets("ipv6", ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]);
const loopback = subnets("ipv4", ["127.0.0.0/8"]);
loopback.addAddress("::1", "ipv6");

function subnets(family: "ipv4" | "ipv6", ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = "", prefix = ""] = range.split("/");
    list.addSubnet(network, Number(prefix), family);
  }
  return list;
}

/** Whether messages may be sent to an IP address as it stands. */
export function isAllowedAddress(address: string, { allowLoopback }: DestinationRules): boolean {
  const version = isIP(address);
  if (version === 4) return (allowLoopback && loopback.check(address, "ipv4")) || !special4.check(address, "ipv4");
  // A zone names an interface of this machine; what maps IPv4 is no address of its own.
  if (version !== 6 || address.includes("%") || /^::ffff:/i.test(address)) return false;
  if (allowLoopback && loopback.check(address, "ipv6")) return true;
  return public6.check(address, "ipv6") && !special6.check(address, "ipv6");
}

const URL_MAX = 2_000;

/** Reads an endpoint's address: https, or http where this machine may be told, and nothing that is a secret in it. */
export function readEndpointUrl(text: string, { allowLoopback }: DestinationRules): Result<URL> {
  if (text.length > URL_MAX || !URL.canParse(text)) {
    return refused("invalid", "Write a whole address, such as https://example.com/webhooks.", "url");
  }
  const url = new URL(text);
  if (url.protocol !== "https:" && !(allowLoopback && url.protocol === "http:")) {
    return refused("invalid", "The address must begin with https://.", "url");
  }
  if (url.username || url.password) {
    return refused("invalid", "Leave user and password out: messages are signed instead.", "url");
  }
  url.hash = "";
  return done(url);
}

const resolveAll = async (host: string): Promise<readonly string[]> =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);

/**
 * Resolves an endpoint's host and checks every address it has: one that is private is reason enough to send nothing.
 * @returns the address to connect to, so that a second answer of the resolver cannot lead elsewhere
 */
export async function findDestination(url: URL, rules: DestinationRules): Promise<Result<Destination>> {
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const addresses = isIP(host) ? [host] : await (rules.resolve ?? resolveAll)(host).catch(() => []);
  const [address] = addresses;
  if (address === undefined) return refused("unavailable", `${host} has no address.`, "url");
  const barred = addresses.find((each) => !isAllowedAddress(each, rules));
  if (barred !== undefined) {
    return refused("invalid", `${host} leads to ${barred}, which is not on the public network.`, "url");
  }
  return done({ address, family: isIP(address) === 6 ? 6 : 4 });
}
