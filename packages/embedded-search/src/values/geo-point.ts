import { ValueError } from "../errors/value-error.ts";
import { isObject, numberOf, type Json, type JsonObject } from "../json/json.ts";
import { writeDouble } from "../json/write-json.ts";
import { parseJavaDouble } from "./java-number.ts";
import { notANumber } from "./not-a-number.ts";

const GEOHASH = /^[0-9bcdefghjkmnpqrstuvwxyz]{1,24}$/;
const WKT = /^\s*POINT\s*\(\s*(-?[\d.eE+-]{1,40})\s+(-?[\d.eE+-]{1,40})\s*\)\s*$/i;

/** Is this a single point rather than a list of points? `[lon, lat]` is one. */
export const isPoint = (value: Json): boolean =>
  !Array.isArray(value) || numberOf((value as readonly Json[])[0]) !== undefined;

/**
 * Validates a point in any form that Elasticsearch reads: object, `"lat,lon"`, `[lon, lat]`, geohash or `POINT (lon lat)`.
 *
 * @param wraps - Whether a point outside the globe is brought back onto it. Default false.
 * @throws {ValueError} when it is none of them or outside the globe.
 */
export const checkGeoPoint = (name: string, value: Json, wraps = false): void => {
  const point = readPoint(value);
  if (point === undefined || wraps) return;
  const [lat, lon] = point;
  if (!(Math.abs(lat) <= 90)) throw new ValueError(`illegal latitude value [${writeDouble(lat)}] for ${name}`);
  if (!(Math.abs(lon) <= 180)) throw new ValueError(`illegal longitude value [${writeDouble(lon)}] for ${name}`);
};

const readPoint = (value: Json): readonly [lat: number, lon: number] | undefined => {
  if (typeof value === "string") return readText(value);
  if (Array.isArray(value)) return readPair(value as readonly Json[]);
  if (!isObject(value)) throw new ValueError("geo_point expected", "parse_exception");
  return readObject(value);
};

const KEYS = ["lon", "lat", "z", "type", "coordinates"];

const readObject = (point: JsonObject): readonly [lat: number, lon: number] => {
  const keys = Object.keys(point);
  const wrong = keys.find((key) => !KEYS.includes(key));
  if (wrong !== undefined)
    throw new ValueError(`field [${wrong}] not supported - must be one of: ${KEYS.join(", ")}`, "parse_exception");
  const isGeoJson = keys.includes("type") || keys.includes("coordinates");
  const isPair = keys.includes("lat") || keys.includes("lon");
  if (isGeoJson) return readGeoJson(point);
  if (isPair) return [coordinate(point, "lat"), coordinate(point, "lon")];
  throw new ValueError("field must be either lat/lon, geohash string or type/coordinates", "parse_exception");
};

/** As in GeoJSON: `{ "type": "Point", "coordinates": [lon, lat] }`. */
const readGeoJson = ({ type, coordinates }: JsonObject): readonly [lat: number, lon: number] => {
  if (coordinates !== undefined && !Array.isArray(coordinates))
    throw new ValueError("[coordinates] must be an array", "parse_exception");
  if (type === undefined) throw new ValueError("Required [type]", "parse_exception");
  if (coordinates === undefined) throw new ValueError("Required [coordinates]", "parse_exception");
  if (typeof type !== "string") throw new ValueError("[type] must be a string", "parse_exception");
  if (type.toLowerCase() !== "point")
    throw new ValueError("[type] for geo_point can only be 'Point'", "parse_exception");
  return pairOf((coordinates as readonly Json[]).map(ordinate));
};

const ordinate = (item: Json): number => {
  const number = numberOf(item);
  if (number !== undefined) return number;
  if (typeof item !== "string") throw new ValueError("coordinates must be a number", "parse_exception");
  const read = parseJavaDouble(item);
  if (read !== undefined) return read;
  throw new ValueError("[coordinates] must be a valid double value", "parse_exception", {
    type: "number_format_exception",
    reason: notANumber(item),
  });
};

const pairOf = ([lon, lat, ...more]: readonly number[]): readonly [lat: number, lon: number] => {
  if (more.length > 1) throw new ValueError("[geo_point] field type does not accept > 3 dimensions", "parse_exception");
  if (lon === undefined || lat === undefined)
    throw new ValueError("[coordinates] must contain at least two values", "parse_exception");
  return [lat, lon];
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
