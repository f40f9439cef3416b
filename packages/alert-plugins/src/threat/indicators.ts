import { domainToASCII } from "node:url";
import { NetworkKeys, networkText } from "../values/network-keys.ts";
import { TextSet } from "./text-set.ts";

/** What an entry of a list is about. */
export type IndicatorKind = "address" | "domain" | "hash";

/** An entry that something in an alert fits. */
export interface Indicator {
  readonly kind: IndicatorKind;
  /** As the list has it: a network, a domain above, a hash in lower case. */
  readonly entry: string;
}

const NAMES: readonly (readonly [IndicatorKind, string])[] = [
  ["address", "a"],
  ["domain", "d"],
  ["hash", "h"],
];
const MARKS = Object.fromEntries(NAMES) as Readonly<Record<IndicatorKind, string>>;

/** MD5, SHA-1, SHA-256 and SHA-512, written in hexadecimal digits. */
const HASH = /^(?:[\da-f]{32}|[\da-f]{40}|[\da-f]{64}|[\da-f]{128})$/i;

/** Networks around more addresses than this are mistakes: the whole of IPv4, or of IPv6. */
const SHORTEST_PREFIX = 1;

/** Addresses, networks, domains and hashes, to be asked for what is found in alerts. */
export class Indicators {
  readonly #texts = new TextSet();
  readonly #networks = new NetworkKeys();

  get size(): number {
    return this.#texts.size;
  }

  get byteLength(): number {
    return this.#texts.byteLength;
  }

  /** @returns false when it is none of these. */
  add(text: string): boolean {
    const key = this.#keyOf(text);
    if (key !== null) this.#texts.add(key);
    return key !== null;
  }

  trim(): void {
    this.#texts.trim();
  }

  /** The smallest listed network around an address. */
  findAddress(address: string): Indicator | null {
    for (const key of this.#networks.of(address))
      if (this.#texts.has(MARKS.address + key)) return { kind: "address", entry: networkText(key) };
    return null;
  }

  /** A domain, or the nearest listed one above it. */
  findDomain(domain: string): Indicator | null {
    for (let name = domainKey(domain); name !== null; name = parentOf(name))
      if (this.#texts.has(MARKS.domain + name)) return { kind: "domain", entry: name };
    return null;
  }

  findHash(hash: string): Indicator | null {
    if (!HASH.test(hash) || !this.#texts.has(MARKS.hash + hashKey(hash))) return null;
    return { kind: "hash", entry: hash.toLowerCase() };
  }

  #keyOf(text: string): string | null {
    if (HASH.test(text)) return MARKS.hash + hashKey(text);
    const network = this.#networks.add(text);
    if (network !== null) return network.charCodeAt(0) < SHORTEST_PREFIX ? null : MARKS.address + network;
    const domain = domainKey(text.replace(/^\*?\./, ""));
    return domain === null ? null : MARKS.domain + domain;
  }
}

/** Half as long as it is written. */
const hashKey = (hash: string): string => Buffer.from(hash, "hex").toString("latin1");

/** At least two labels, the last with a letter: not an address, and not a whole top-level domain. */
const DOMAIN = /^(?:[\w-]{1,63}\.){1,126}(?=[^.]*[a-z])[a-z\d-]{1,63}$/;

const NOT_ASCII = /[^\0-\x7F]/;

/** A domain in lower case and in ASCII; null when it is none. */
const domainKey = (text: string): string | null => {
  if (text.length > 254) return null;
  const plain = NOT_ASCII.test(text) ? domainToASCII(text) : text.toLowerCase();
  const name = plain.endsWith(".") ? plain.slice(0, -1) : plain;
  return name.length <= 253 && DOMAIN.test(name) ? name : null;
};

const parentOf = (name: string): string | null => {
  const parent = name.slice(name.indexOf(".") + 1);
  return parent.includes(".") ? parent : null;
};
