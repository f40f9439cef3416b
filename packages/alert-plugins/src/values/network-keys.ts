import ipaddr from "ipaddr.js";

type Bytes = readonly number[];

/**
 * Looks networks up without going through them: an address is in one when its first bits are the key of one. Remembers which lengths
 * there are, since only these have to be tried.
 *
 * A key is a short text: the length, then the bytes, those that the network leaves open being 0.
 */
export class NetworkKeys {
  readonly #lengths: Record<4 | 16, number[]> = { 4: [], 16: [] };

  /** The key of an address or of a network in CIDR notation, remembering its length; null when it is neither. */
  add(text: string): string | null {
    const network = networkOf(text);
    if (network === null) return null;
    const { bytes, bits } = network;
    const lengths = this.#lengths[bytes.length as 4 | 16];
    // The longest first: the most particular network is found before those around it.
    if (!lengths.includes(bits)) lengths.splice(0, lengths.length, ...[...lengths, bits].sort((a, b) => b - a));
    return keyOf(bytes, bits);
  }

  /** Keys of the networks that an address may be in, the most particular first. */
  *of(address: string): Generator<string> {
    const bytes = bytesOf(address);
    if (bytes === null) return;
    for (const bits of this.#lengths[bytes.length as 4 | 16]) yield keyOf(bytes, bits);
  }
}

/** The network of a key, as people write it; an address without its length. */
export const networkText = (key: string): string => {
  const [bits = 0, ...bytes] = Array.from(key, (character) => character.charCodeAt(0));
  const address = ipaddr.fromByteArray(bytes).toString();
  return bits === bytes.length * 8 ? address : `${address}/${bits}`;
};

const networkOf = (text: string): { readonly bytes: Bytes; readonly bits: number } | null => {
  const slash = text.indexOf("/");
  const bytes = bytesOf(slash === -1 ? text : text.slice(0, slash));
  if (bytes === null) return null;
  if (slash === -1) return { bytes, bits: bytes.length * 8 };
  const bits = text.slice(slash + 1);
  return /^\d{1,3}$/.test(bits) && Number(bits) <= bytes.length * 8 ? { bytes, bits: Number(bits) } : null;
};

const DOTTED = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** An IPv4 address that is written as one of IPv6 is the same address. */
const bytesOf = (text: string): Bytes | null => {
  if (DOTTED.test(text)) return dottedBytes(text);
  if (!text.includes(":") || text.includes("%") || !ipaddr.IPv6.isValid(text)) return null;
  return ipaddr.process(text).toByteArray();
};

/** By hand, since a list has a million of them. Zeros in front would mean another address to some. */
const dottedBytes = (text: string): Bytes | null => {
  const bytes: number[] = [];
  for (const part of text.split(".")) {
    const byte = Number(part);
    if (byte > 255 || (part.length > 1 && part.startsWith("0"))) return null;
    bytes.push(byte);
  }
  return bytes;
};

const keyOf = (bytes: Bytes, bits: number): string => {
  let key = String.fromCharCode(bits);
  for (const [index, byte] of bytes.entries()) key += String.fromCharCode(byte & maskOf(bits - index * 8));
  return key;
};

/** Of a byte, the bits that count. */
const maskOf = (bits: number): number => (bits >= 8 ? 255 : bits <= 0 ? 0 : (255 << (8 - bits)) & 255);
