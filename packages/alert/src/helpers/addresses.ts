import ipaddr from "ipaddr.js";

/** How a name is looked up for an address. Never throws: null when the address has no name or the lookup failed. */
export interface Dns {
  reverse(address: string): Promise<string | null>;
}

const PRIVATE = [
  "10.0.0.0/8",
  "100.64.0.0/10",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "239.0.0.0/8",
  "169.254.0.0/16",
  "fc00::/7",
  "fec0::/10",
  "fe80::/10",
].map((cidr) => ipaddr.parseCIDR(cidr));

/** A dotted quad or an IPv6 address. Shorter, octal and hexadecimal forms of old are refused. */
export const isAddress = (text: string): boolean =>
  ipaddr.IPv4.isValidFourPartDecimal(text) || (text.includes(":") && !text.includes("%") && ipaddr.IPv6.isValid(text));

/** Whether an address lies in a network, IPv4 or IPv6. False when either is not valid. */
export const isInNetwork = (address: string, cidr: string): boolean => {
  if (!isAddress(address) || !ipaddr.isValidCIDR(cidr)) return false;
  return inRange(address, ipaddr.parseCIDR(cidr));
};

/**
 * Whether an address belongs to an internal network: the private ranges, link-local, carrier-grade and benchmark ones.
 * Loopback is not among them, as in the original's address library.
 */
export const isPrivateAddress = (address: string): boolean =>
  isAddress(address) && PRIVATE.some((range) => inRange(address, range));

const inRange = (address: string, range: [ipaddr.IPv4 | ipaddr.IPv6, number]): boolean => {
  const parsed = ipaddr.process(address);
  return parsed.kind() === range[0].kind() && parsed.match(range);
};

/**
 * `{address} ({name})`; the bare address when it is public (unless `requireInternal` is false) or has no name.
 *
 * @see MozDef `mozdef_util/utilities` and `alerts/lib/alert_helpers`, `add_hostname_to_ip`.
 */
export const addHostname = async (
  address: string,
  dns: Dns,
  { requireInternal = true }: { readonly requireInternal?: boolean } = {},
): Promise<string> => {
  if (requireInternal && !isPrivateAddress(address)) return address;
  const name = await dns.reverse(address);
  return name === null ? address : `${address} (${name})`;
};
