import ipaddr from "ipaddr.js";

/** Of a text, as many characters are looked at: an event may hold a whole file. */
const LONGEST_TEXT = 100_000;

/** What may be an address: not a part of a longer word, number or address. */
const IPV4 = /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)/g;
const IPV6 = /(?<![\w:.])[0-9a-f:]{2,39}(?:\.\d{1,3}){0,3}(?![\w:])/gi;

/** Addresses in a text, as they are written. */
export const addressesIn = (text: string): readonly string[] => {
  const looked = text.slice(0, LONGEST_TEXT);
  return [
    ...(looked.match(IPV4) ?? []).filter((word) => ipaddr.IPv4.isValidFourPartDecimal(word)),
    ...(looked.match(IPV6) ?? []).filter((word) => word.includes("::") || word.split(":").length > 2).filter(isIpv6),
  ];
};

/** `::` stands in many texts, and is an address that means nothing. */
const isIpv6 = (word: string): boolean => word !== "::" && ipaddr.IPv6.isValid(word);

/** Every text inside a value, at any depth; keys are not among them. */
export const textsIn = function* (value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (typeof value === "object" && value !== null) for (const inner of Object.values(value)) yield* textsIn(inner);
};
