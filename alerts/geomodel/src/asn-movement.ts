import { stat } from "node:fs/promises";
import { open, type AsnResponse, type Reader } from "maxmind";
import type { Hop } from "./travel.ts";

/** What the factor adds to the alert: neighbouring addresses that belong to different networks. */
export interface AsnMovement {
  readonly asn_hops: readonly (readonly [AsnResponse, AsnResponse])[];
}

/**
 * Whether the hops go from one network operator to another.
 *
 * @throws when the database cannot be read.
 */
export const asnMovement = async (hops: readonly Hop[], databasePath: string): Promise<AsnMovement> => {
  const database = await openDatabase(databasePath);
  const records = addressesOf(hops).map((address) => database.get(address));
  const asn_hops = records.slice(1).flatMap((record, index) => {
    const previous = records[index];
    return record != null && previous != null && organisation(previous) !== organisation(record)
      ? [[previous, record] as const]
      : [];
  });
  return { asn_hops };
};

const organisation = (record: AsnResponse): string => record.autonomous_system_organization;

/** Every origin and the last destination, each once. */
const addressesOf = (hops: readonly Hop[]): readonly string[] => [
  ...new Set([
    ...hops.map(({ origin }) => origin.sourceipaddress),
    ...hops.slice(-1).map(({ destination }) => destination.sourceipaddress),
  ]),
];

/** The file is some megabytes and changes weekly at most: kept open, and opened again when it has been replaced. */
const opened = new Map<string, { readonly changedMs: number; readonly reader: Reader<AsnResponse> }>();

const openDatabase = async (path: string): Promise<Reader<AsnResponse>> => {
  const { mtimeMs: changedMs } = await stat(path);
  const known = opened.get(path);
  if (known?.changedMs === changedMs) return known.reader;
  const reader = await open<AsnResponse>(path);
  opened.set(path, { changedMs, reader });
  return reader;
};
