import ipaddr from "ipaddr.js";

/** An address as it is searched for, and the port that was written behind it. */
export interface ReadAddress {
  readonly address: string;
  readonly port?: string;
}

/** As it is searched for: without zeros in front. */
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/** Longest text that can be an address with brackets, zone and port. */
const LONGEST = 100;

/**
 * Reads an address: IPv4, also with zeros in front of its parts, IPv6, also in brackets or with a zone, each with a port behind it
 * or without. An IPv4 address in an IPv6 one (`::ffff:192.0.2.1`) is read as IPv4. Never a name, never a network.
 *
 * @returns null when the text is not an address.
 */
export const readAddress = (value: unknown): ReadAddress | null => {
  if (typeof value !== "string") return null;
  const text = value.trim();
  if (text.length === 0 || text.length > LONGEST) return null;
  if (IPV4.test(text)) return { address: text };
  if (text.startsWith("[")) return readBracketed(text);
  const ipv4 = /^(\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})(?::(\d{1,5}))?$/.exec(text);
  if (ipv4 !== null) return withPort(readIpv4(ipv4[1] ?? ""), ipv4[2]);
  return withPort(readIpv6(text), undefined);
};

/** Whether a text is an address as {@link readAddress} writes it. */
export const isPlainAddress = (text: string): boolean =>
  IPV4.test(text) || (text.includes(":") && !text.includes("%") && ipaddr.IPv6.isValid(text) && !MAPPED.test(text));

const readBracketed = (text: string): ReadAddress | null => {
  const found = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(text);
  return found === null ? null : withPort(readIpv6(found[1] ?? ""), found[2]);
};

const withPort = (address: string | null, port: string | undefined): ReadAddress | null => {
  if (address === null || (port !== undefined && Number(port) > 65_535)) return null;
  return port === undefined ? { address } : { address, port };
};

/** Parts with a zero in front are decimal: logs pad them, nobody logs octal ones. */
const readIpv4 = (text: string): string | null => {
  const parts = text.split(".").map(Number);
  return parts.every((part) => part <= 255) ? parts.join(".") : null;
};

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

const readIpv6 = (text: string): string | null => {
  const [bare = ""] = text.split("%", 1);
  if (!bare.includes(":") || !ipaddr.IPv6.isValid(bare)) return null;
  const mapped = MAPPED.exec(bare)?.[1];
  return mapped !== undefined && ipaddr.IPv4.isValidFourPartDecimal(mapped) ? mapped : bare;
};
