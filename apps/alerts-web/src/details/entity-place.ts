import { valueAt } from "../search/event-cells.ts";
import { toText } from "../shared/to-text.ts";

/** Where an address stands in a document, and what is known of it beside: MozDef's names, and those of the Elastic Common Schema. */
const PLACES: readonly (readonly [address: string, geo: string, network?: string])[] = [
  ["details.sourceipaddress", "details.sourceipgeolocation"],
  ["details.sourceipv4address", "details.sourceipgeolocation"],
  ["details.destinationipaddress", "details.destinationipgeolocation"],
  ...["source", "destination", "client", "server", "host"].map(
    (side) => [`${side}.ip`, `${side}.geo`, `${side}.as`] as const,
  ),
];

/**
 * Where an address is and whose network it belongs to, as the events say it, or what looked it up for the alert (`details.geoip`);
 * undefined when nothing does.
 *
 * @param documents - The alert, then its events.
 */
export const placeOf = (address: string, documents: readonly unknown[]): string | undefined => {
  for (const document of documents) {
    const text = placeIn(document, address) ?? lookedUp(document, address);
    if (text !== undefined) return text;
  }
  return undefined;
};

const placeIn = (document: unknown, address: string): string | undefined => {
  for (const [field, geo, network = geo] of PLACES) {
    if (![valueAt(document, field)].flat().includes(address)) continue;
    const text = textOf((name) => valueAt(document, `${geo}.${name}`) ?? valueAt(document, `${network}.${name}`));
    if (text !== "") return text;
  }
  return undefined;
};

const lookedUp = (document: unknown, address: string): string | undefined => {
  const list = valueAt(document, "details.geoip");
  const entries: readonly unknown[] = Array.isArray(list) ? list : [];
  const entry = entries.find((one) => valueAt(one, "ip") === address);
  const text = textOf((name) => valueAt(entry, name));
  return text === "" ? undefined : text;
};

/** `Bern, Switzerland · AS64500 Example` */
const textOf = (read: (name: string) => unknown): string => {
  const first = (...names: readonly string[]) => names.map((name) => toText(read(name))).find((text) => text !== "");
  const number = first("asn", "number");
  const place = [first("city", "city_name"), first("country_name", "country_code", "country_iso_code")];
  const network = [number === undefined ? undefined : `AS${number}`, first("organization.name", "organization")];
  return [present(place).join(", "), present(network).join(" ")].filter((part) => part !== "").join(" · ");
};

const present = (parts: readonly (string | undefined)[]): readonly string[] =>
  parts.filter((part) => part !== undefined);
