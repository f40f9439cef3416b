import { Reader, type Response } from "maxmind";
import { messageOf, valuesAt } from "@mozdef/alert";
import { dataError } from "./data-error.ts";
import { readBounded } from "./followed-file.ts";

/** What is known of an address. */
export interface Place {
  readonly city?: string;
  readonly continent?: string;
  readonly country_code?: string;
  readonly country_name?: string;
  readonly latitude?: number;
  readonly longitude?: number;
  readonly postal_code?: string;
  readonly region_code?: string;
  readonly time_zone?: string;
  readonly asn?: number;
  readonly organization?: string;
}

/** Null for an address that the database does not know. */
export type GeoDatabase = (address: string) => Place | null;

/** The largest that are sold have less than half of it. */
const LARGEST_BYTES = 2_000_000_000;

/** Kinds of databases that say something of what is asked. */
const KIND = /city|country|asn|isp|enterprise|location/i;

/**
 * Opens a database, and asks it once: one that is cut off is found here.
 *
 * @throws {AlertError} `PLUGIN_DATA_INVALID`.
 */
export const readGeoDatabase = async (path: string): Promise<GeoDatabase> => {
  const reader = readerOf(await readBounded(path, LARGEST_BYTES), path);
  const { databaseType, ipVersion } = reader.metadata;
  if (!KIND.test(databaseType))
    throw dataError(
      `${path} cannot be used. Expected: a database of cities, countries, networks (ASN) or providers. Received: ${JSON.stringify(databaseType)}.`,
    );
  return (address) => {
    // In a tree of IPv4 the first bits of an IPv6 address would lead anywhere.
    if (ipVersion === 4 && address.includes(":")) return null;
    const record = reader.get(address);
    return record === null ? null : placeOf(record);
  };
};

const readerOf = (bytes: Buffer, path: string): Reader<Response> => {
  try {
    const reader = new Reader<Response>(bytes);
    const { nodeCount, searchTreeSize } = reader.metadata;
    if (nodeCount === 0 || searchTreeSize > bytes.length) throw new Error("it is cut off");
    return reader;
  } catch (cause) {
    throw dataError(`${path} is not a database in MaxMind's format: ${messageOf(cause)}.`, cause);
  }
};

/** Where a record says what; of several the first that is there. */
const PATHS: { readonly [Key in keyof Place]-?: readonly string[] } = {
  city: ["city.names.en"],
  continent: ["continent.code"],
  country_code: ["country.iso_code"],
  country_name: ["country.names.en"],
  latitude: ["location.latitude"],
  longitude: ["location.longitude"],
  postal_code: ["postal.code"],
  region_code: ["region.iso_code"],
  time_zone: ["location.time_zone"],
  asn: ["autonomous_system_number"],
  organization: ["autonomous_system_organization", "organization", "isp"],
};

const placeOf = (record: object): Place => {
  // Of the parts of a country the largest comes first.
  const parts = (record as { readonly subdivisions?: unknown }).subdivisions;
  const region: unknown = Array.isArray(parts) ? parts[0] : undefined;
  const found = { ...record, region };
  return Object.fromEntries(
    Object.entries(PATHS).flatMap(([key, paths]) => {
      const [value] = paths.flatMap((path) => valuesAt(found, path));
      return value === undefined ? [] : [[key, value]];
    }),
  );
};
