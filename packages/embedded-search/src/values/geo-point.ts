import { ValueError } from "../errors/value-error.ts";
import { isObject, numberOf, type Json, type JsonObject } from "../json/json.ts";
import { writeDouble } from "../json/write-json.ts";
import { parseJavaDouble } from "./java-number.ts";
import { readTextPoint } from "./well-known-text.ts";
import { notANumber } from "./not-a-number.ts";

const GEOHASH = /^[0-9bcdefghjkmnpqrstuvwxyz]{1,24}$/;
/** Is this a single point rather than a list of points? `[lon, lat]` is one. */
export const isPoint = (value: Json): boolean =>
  !Array.isArray(value) || numberOf((value as readonly Json[])[0]) !== undefined;

/** What a field says of points. */
export interface PointRules {
  /** Whether a point outside the globe is brought back onto it. */
  readonly wraps: boolean;
  /** Whether a height is taken and left out. */
  readonly takesHeights: boolean;
}

/**
 * Validates a point in any form that Elasticsearch reads: object, `"lat,lon"`, `[lon, lat]`, geohash or `POINT (lon lat)`.
 *
 * @throws {ValueError} when it is none of them or outside the globe.
 */
export const checkGeoPoint = (name: string, value: Json, { wraps, takesHeights }: PointRules): void => {
  const point = readPoint(value, { wraps, takesHeights });
  if (point === undefined || wraps) return;
  const [lat, lon] = point;
  if (!(Math.abs(lat) <= 90)) throw new ValueError(`illegal latitude value [${writeDouble(lat)}] for ${name}`);
  if (!(Math.abs(lon) <= 180)) throw new ValueError(`illegal longitude value [${writeDouble(lon)}] for ${name}`);
};

const readPoint = (value: Json, rules: PointRules): readonly [lat: number, lon: number] | undefined => {
  if (typeof value === "string") return readText(value, rules);
  if (Array.isArray(value)) return readPair(value as readonly Json[], rules);
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

const heightRefused = (height: number): string =>
  `found Z value [${writeDouble(height)}] but [ignore_z_value] parameter is [false]`;

/** Elasticsearch takes any text with this word in it for well-known text. */
const readWellKnown = (
  text: string,
  { wraps, takesHeights }: PointRules,
): readonly [lat: number, lon: number] | undefined => {
  const point = readTextPoint(text, wraps);
  if (point === undefined) return undefined;
  if (point.height !== undefined && !takesHeights)
    throw new ValueError("Invalid WKT format", "parse_exception", {
      type: "illegal_argument_exception",
      reason: heightRefused(point.height),
    });
  return [point.lat, point.lon];
};

const readText = (text: string, rules: PointRules): readonly [lat: number, lon: number] | undefined => {
  if (text.toUpperCase().includes("POINT")) return readWellKnown(text, rules);
  if (!text.includes(",")) {
    if (GEOHASH.test(text)) return undefined;
    if (text === "") throw badGeohash("empty geohash");
    const wrong = /[^0-9bcdefghjkmnpqrstuvwxyz]/.exec(text)?.[0] ?? text.charAt(0);
    throw badGeohash(`unsupported symbol [${wrong}] in geohash [${text}]`);
  }
  const parts = text.split(",");
  if (parts.length > 3)
    throw new ValueError(
      `failed to parse [${parts.length}], expected 2 or 3 coordinates but found: [{}]`,
      "parse_exception",
    );
  const [lat = "", lon = "", height] = parts;
  const point = [numberIn(lat, "latitude"), numberIn(lon, "longitude")] as const;
  if (height !== undefined) checkHeight(height, rules);
  return point;
};

const checkHeight = (text: string, { takesHeights }: PointRules): void => {
  const height = parseJavaDouble(text);
  if (height === undefined) throw new ValueError(notANumber(text.trim()), "number_format_exception");
  if (!takesHeights) throw new ValueError(`Exception parsing coordinates: ${heightRefused(height)}`, "parse_exception");
};

const numberIn = (text: string, name: string): number => {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isNaN(value)) throw new ValueError(`${name} must be a number`, "parse_exception");
  return value;
};

/** The place in a list of the value that is one too many, or of a height that is not taken. */
export class ExcessError extends ValueError {
  override readonly code = "GEO_POINT_EXCESS";
  readonly at: number;

  constructor(reason: string, at: number) {
    super(reason, "parse_exception");
    this.at = at;
  }
}

const readPair = (pair: readonly Json[], { takesHeights }: PointRules): readonly [lat: number, lon: number] => {
  const [lon, lat, height] = pair.map(numberOf);
  if (height !== undefined && !takesHeights)
    throw new ExcessError(`Exception parsing coordinates: ${heightRefused(height)}`, 2);
  if (pair.length > 3) throw new ExcessError("geo_point expected", 3);
  if (lon !== undefined && lat !== undefined) return [lat, lon];
  throw new ValueError("[geo_point] field type does not accept these values", "parse_exception");
};

const coordinate = (point: Json, key: "lat" | "lon"): number => {
  const value = isObject(point) && Object.hasOwn(point, key) ? point[key] : undefined;
  if (value === undefined) throw new ValueError(`Required [${key}]`, "parse_exception");
  return numberOf(value) ?? numberIn(typeof value === "string" ? value : "", key === "lat" ? "latitude" : "longitude");
};
