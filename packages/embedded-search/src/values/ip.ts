/**
 * An address as 16 characters of one byte each, an IPv4 address in its IPv6 form (`::ffff:a.b.c.d`).
 * Their order as text is the order of the addresses.
 */
export type IpBytes = string;

const mappedPrefix = "\0".repeat(10) + "\u00ff\u00ff";

const byteValues = (bytes: IpBytes): number[] => Array.from({ length: 16 }, (_, i) => bytes.charCodeAt(i));

/** @returns undefined when it is not an address. The zone of one (`%eth0`) is not kept; octal parts are not read. */
export const parseIp = (address: string): IpBytes | undefined => {
  const zone = address.indexOf("%");
  if (zone === address.length - 1 && zone >= 0) return undefined;
  const text = zone < 0 ? address : address.slice(0, zone);
  if (text.includes(":")) return parseIpv6(text);
  const bytes = parseIpv4(text);
  return bytes === undefined ? undefined : mappedPrefix + bytes;
};

const [DOT, ZERO, NINE] = [0x2e, 0x30, 0x39];

/** Four numbers of up to three digits, none with a zero in front. */
const parseIpv4 = (text: string): string | undefined => {
  if (text.length > 15) return undefined;
  let [bytes, value, digits, parts] = ["", 0, 0, 0];
  for (let at = 0; at <= text.length; at++) {
    const unit = at === text.length ? DOT : text.charCodeAt(at);
    if (unit === DOT) {
      if (digits === 0 || value > 255) return undefined;
      bytes += String.fromCharCode(value);
      [value, digits, parts] = [0, 0, parts + 1];
    } else {
      if (unit < ZERO || unit > NINE || (digits > 0 && value === 0)) return undefined;
      value = value * 10 + unit - ZERO;
      digits++;
    }
  }
  return parts === 4 ? bytes : undefined;
};

const parseIpv6 = (text: string): IpBytes | undefined => {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const head = parseGroups(halves[0] ?? "", halves.length === 1);
  if (halves.length === 1) return head?.length === 16 ? head : undefined;
  const tail = parseGroups(halves[1] ?? "", true);
  if (head === undefined || tail === undefined || head.length + tail.length > 14) return undefined;
  return head + "\0".repeat(16 - head.length - tail.length) + tail;
};

/** @param isEnd - Whether nothing follows: only the last group may be an IPv4 address. */
const parseGroups = (text: string, isEnd: boolean): string | undefined => {
  if (text === "") return "";
  let bytes = "";
  const groups = text.split(":");
  for (const [i, group] of groups.entries()) {
    const part = group.includes(".") && isEnd && i === groups.length - 1 ? parseIpv4(group) : parseGroup(group);
    if (part === undefined) return undefined;
    bytes += part;
  }
  return bytes.length <= 16 ? bytes : undefined;
};

const parseGroup = (group: string): string | undefined => {
  if (!/^0{0,100}[0-9A-Fa-f]{1,4}$/.test(group)) return undefined;
  const value = Number.parseInt(group, 16);
  return String.fromCharCode(value >> 8, value & 255);
};

/** Shortest form as in RFC 5952; a mapped IPv4 address with dots. */
export const formatIp = (bytes: IpBytes): string => {
  const values = byteValues(bytes);
  if (bytes.startsWith(mappedPrefix)) return values.slice(12).join(".");
  const groups = Array.from({ length: 8 }, (_, i) => ((values[2 * i] ?? 0) << 8) | (values[2 * i + 1] ?? 0));
  const { start, length } = longestZeros(groups);
  const show = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(":");
  return length < 2 ? show(groups) : `${show(groups.slice(0, start))}::${show(groups.slice(start + length))}`;
};

const longestZeros = (groups: readonly number[]): { readonly start: number; readonly length: number } => {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (const [i, group] of groups.entries())
    if (group !== 0) start = i + 1;
    else if (i + 1 - start > best.length) best = { start, length: i + 1 - start };
  return best;
};

/** Is it an address of four bytes that is written with sixteen? */
export const isMappedIp = (text: string): boolean =>
  text.includes(":") && parseIp(text)?.startsWith(mappedPrefix) === true;

/** First and last address of a network. @returns undefined when the text is not `address/length`. */
export const parseCidr = (text: string): { readonly first: IpBytes; readonly last: IpBytes } | undefined => {
  const [address = "", length = "", ...more] = text.split("/");
  const bytes = parseIp(address);
  if (bytes === undefined || more.length > 0 || !/^\+?\d{1,3}$/.test(length)) return undefined;
  const bits = Number(length) + (address.includes(":") ? 0 : 96);
  if (bits > 128) return undefined;
  const edge = (fill: 0 | 255): IpBytes =>
    byteValues(bytes)
      .map((byte, i) => String.fromCharCode(maskByte(byte, bits - 8 * i, fill)))
      .join("");
  return { first: edge(0), last: edge(255) };
};

const maskByte = (value: number, keptBits: number, fill: 0 | 255): number => {
  const kept = Math.max(0, Math.min(8, keptBits));
  const mask = (0xff << (8 - kept)) & 0xff;
  return (value & mask) | (fill & ~mask & 0xff);
};

/** The next address up (1) or down (-1); undefined past either end. */
export const neighbourIp = (bytes: IpBytes, step: 1 | -1): IpBytes | undefined => {
  const values = byteValues(bytes);
  for (let i = 15; i >= 0; i--) {
    const value = (values[i] ?? 0) + step;
    values[i] = (value + 256) % 256;
    if (value >= 0 && value <= 255) return String.fromCharCode(...values);
  }
  return undefined;
};
