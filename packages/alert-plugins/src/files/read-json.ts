import { findNodeAtLocation, parse, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { dataError } from "./data-error.ts";

/** A mark that some editors put before a text. */
const BOM = /^\uFEFF/;

/**
 * What a text in JSON says.
 *
 * @throws {AlertError} `PLUGIN_DATA_INVALID` with file, line and column.
 */
export const readJson = (text: string, path: string): unknown => {
  const plain = text.replace(BOM, "");
  try {
    return JSON.parse(plain) as unknown;
  } catch (cause) {
    const errors: ParseError[] = [];
    parse(plain, errors, { disallowComments: true, allowTrailingComma: false });
    const [first] = errors;
    const place = placeAt(plain, first?.offset ?? plain.length);
    const reason = first === undefined ? "it is not JSON" : printParseErrorCode(first.error);
    throw dataError(`${path}:${place}: expected JSON (${reason}).`, cause);
  }
};

/** Where in a text in JSON a value stands, as `line:column`. */
export const placeInJson = (text: string, path: readonly (string | number)[]): string => {
  const plain = text.replace(BOM, "");
  const tree = parseTree(plain);
  const node = tree === undefined ? undefined : findNodeAtLocation(tree, [...path]);
  return placeAt(plain, node?.offset ?? 0);
};

const placeAt = (text: string, offset: number): string => {
  const before = text.slice(0, offset);
  return `${before.split("\n").length}:${offset - before.lastIndexOf("\n")}`;
};
