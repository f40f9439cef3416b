import { isoUtc, toUtc, valueAt, type Hit } from "@mozdef/alert";

/** Where a user was, and when last. */
export interface Locality {
  readonly sourceipaddress: string;
  readonly city: string;
  readonly country: string;
  readonly lastaction: Date;
  /** Degrees. */
  readonly latitude: number;
  readonly longitude: number;
  /** Kilometres within which two localities are the same place. */
  readonly radius: number;
}

/** The locality of a login; null when the event lacks an address or any part of its place. */
export const localityOfEvent = (
  { _source: source }: Pick<Hit, "_source">,
  { now, radius }: { readonly now: Date; readonly radius: number },
): Locality | null => {
  const geo = (name: string): unknown => valueAt(source, `details.sourceipgeolocation.${name}`);
  return checked({
    sourceipaddress: valueAt(source, "details.sourceipaddress"),
    city: geo("city"),
    country: geo("country_code"),
    lastaction: valueAt(source, "utctimestamp") ?? now,
    latitude: geo("latitude"),
    longitude: geo("longitude"),
    radius,
  });
};

/** Localities of a state document; none when it is malformed in any part. */
export const localitiesOfState = (document: unknown): readonly Locality[] => {
  const list = valueAt(document, "localities");
  if (!Array.isArray(list)) return [];
  const localities = list.map((entry: unknown) => checked(asRecord(entry)));
  return localities.every((locality) => locality !== null) ? localities : [];
};

/** As it is stored: the time as text. */
export const storedLocality = (locality: Locality): Readonly<Record<string, unknown>> => ({
  ...locality,
  lastaction: isoUtc(locality.lastaction),
});

const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

const checked = (fields: Readonly<Record<string, unknown>>): Locality | null => {
  const { sourceipaddress, city, country, latitude, longitude, radius } = fields;
  const lastaction = timeOf(fields.lastaction);
  if (!isText(sourceipaddress) || !isText(city) || !isText(country) || lastaction === null) return null;
  if (!isFinite(latitude) || !isFinite(longitude) || !isFinite(radius)) return null;
  return { sourceipaddress, city, country, lastaction, latitude, longitude, radius };
};

const isText = (value: unknown): value is string => typeof value === "string";
const isFinite = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);

const timeOf = (value: unknown): Date | null => {
  if (!(value instanceof Date) && !isText(value) && !isFinite(value)) return null;
  try {
    return toUtc(value);
  } catch {
    return null;
  }
};
