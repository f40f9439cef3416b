import { type JsonPath, locate } from "../json/locate.ts";
import { type ErrorPlace, ApiError } from "./api-error.ts";

/** JSON and what it was read from. */
export interface Written {
  readonly text: string;
}

/** Reads parsed JSON; when an error knows which part is at fault, adds its line and column in the text. */
export const placingErrors = <T>(written: Written, json: object, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { text } = written;
    if (!error.at) throw error.placedAt({ line: 1, column: 1 });
    const { atKey, detailsAtValue } = error.at;
    const at = placeOf(text, json, error.at);
    const value = atKey === true ? placeOf(text, json, { ...error.at, atKey: false }) : at;
    throw error.placedAt(at, value, detailsAtValue === true ? value.column : undefined);
  }
};

const placeOf = (text: string, json: object, { holder, key, atKey }: ErrorPlace): { line: number; column: number } => {
  const path = pathTo(json, holder) ?? [];
  if (key === undefined) return locate(text, path, "last");
  return locate(text, [...path, key], atKey === true ? "key" : "start");
};

/** The path to an object within JSON, found by its identity. */
const pathTo = (json: unknown, wanted: object): JsonPath | undefined => {
  if (json === wanted) return [];
  if (typeof json !== "object" || json === null) return undefined;
  for (const [key, value] of Object.entries(json)) {
    const rest = pathTo(value, wanted);
    if (rest) return [Array.isArray(json) ? Number(key) : key, ...rest];
  }
  return undefined;
};
