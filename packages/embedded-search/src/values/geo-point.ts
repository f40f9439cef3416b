import { ValueError } from "../errors/value-error.ts";
import { isObject, numberOf, type Json } from "../json/json.ts";
import { writeDouble } from "../json/write-json.ts";

const GEOHASH = /^[0-9bcdefghjkmnpqrstuvwxyz]{1,24}$/;
const WKT = /^\s*POINT\s*\(\s*(-?[\d.eE+-]{1,40})\s+(-?[\d.eE+-]{1,40})\s*\)\s*$/i;

/** Is this a single point rather than a list of points? `[lon, lat]` is one. */
export const isPoint = (value: Json): boolean =>
  !Array.isArray(value) || numberOf((value as readonly Json[])[0]) !== undefined;

/**
 * Validates a point in any form that Elasticsearch reads: object, `"lat,lon"`, `[lon, lat]`, geohash or `POINT (lon lat)`.
 *
 * @throws {ValueError} when it is none of them or outside the globe.
 */
export const checkGeoPoint = (name: string, value: Json): void => {
  const point = readPoint(value);
  if (point === undefined) return;
  const [lat, lon] = point;
  if (!(Math.abs(lat) <= 90)) throw new ValueError(`illegal latitude value [${writeDouble(lat)}] for ${name}`);
  if (!(Math.abs(lon) <= 180)) throw new ValueError(`illegal longitude value [${writeDouble(lon)}] for ${name}`);
};

const readPoint = (value: Json): readonly [lat: number, lon: number] | undefined => {
  if (typeof value === "string") return readText(value);
  if (Array.isArray(value)) return readPair(value as readonly Json[]);
  if (!isObject(value)) throw new ValueError("geo_point expected", "parse_exception");
  return [coordinate(value, "lat"), coordinate(value, "lon")];
};

const badGeohash = (reason: string): ValueError =>
  new ValueError(reason, "parse_exception", { type: "illegal_argument_exception", reason });

const readText = (text: string): readonly [lat: number, lon: number] | undefined => {
  const point = WKT.exec(text);
  if (point) return [Number(point[2]), Number(point[1])];
  if (!text.includes(",")) {
    if (GEOHASH.test(text)) return undefined;
    if (text === "") throw badGeohash("empty geohash");
    const wrong = /[^0-9bcdefghjkmnpqrstuvwxyz]/.exec(text)?.[0] ?? text.charAt(0);
    throw badGeohash(`unsupported symbol [${wrong}] in geohash [${text}]`);
  }
  const [lat = "", lon = ""] = text.split(",");
  return [numberIn(lat, "latitude"), numberIn(lon, "longitude")];
};

const numberIn = (text: string, name: string): number => {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isNaN(value)) throw new ValueError(`${name} must be a number`, "parse_exception");
  return value;
};

const readPair = (pair: readonly Json[]): readonly [lat: number, lon: number] => {
  const [lon, lat] = pair.map(numberOf);
  if (lon !== undefined && lat !== undefined && pair.length <= 3) return [lat, lon];
  throw new ValueError("[geo_point] field type does not accept these values", "parse_exception");
};

const coordinate = (point: Json, key: "lat" | "lon"): number => {
  const value = isObject(point) && Object.hasOwn(point, key) ? point[key] : undefined;
  if (value === undefined) throw new ValueError(`Required [${key}]`, "parse_exception");
  return numberOf(value) ?? numberIn(typeof value === "string" ? value : "", key === "lat" ? "latitude" : "longitude");
};
