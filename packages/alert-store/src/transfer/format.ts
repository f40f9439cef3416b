import { parseEventJson } from "@mozdef/event-intake";
import { StoreError } from "../store-error.ts";
import { TRANSFER_KINDS, type TransferKind } from "./own-kind.ts";

/** Increase it when files can no longer be read by what reads this one. */
const FORMAT = 1;

/** The first line of a file. */
export interface TransferHeader {
  /** Of the service that wrote it. */
  readonly version: string;
  /** ISO 8601. */
  readonly at: string;
  readonly kinds: readonly TransferKind[];
  /** ISO 8601; null when nothing is left out for its age. */
  readonly since: string | null;
}

/** A document on its way, with the logical name of its index. */
export interface TransferDocument {
  readonly index: string;
  readonly id: string;
  readonly source: Readonly<Record<string, unknown>>;
}

/** The last line: what the lines before it are, so that none can be missing unnoticed. */
export interface TransferEnd {
  readonly documents: number;
  readonly indices: Readonly<Record<string, number>>;
}

export type TransferLine =
  | { readonly kind: "header"; readonly header: TransferHeader }
  | { readonly kind: "document"; readonly document: TransferDocument }
  | { readonly kind: "end"; readonly end: TransferEnd };

export const headerLine = (header: TransferHeader): string =>
  `${JSON.stringify({ "mozdef-alerts": "export", format: FORMAT, ...header })}\n`;

export const documentLine = ({ index, id, source }: TransferDocument): string =>
  `${JSON.stringify({ index, id, source })}\n`;

export const endLine = (end: TransferEnd): string => `${JSON.stringify({ end })}\n`;

/**
 * Reads a line.
 *
 * @param number - From 1.
 * @throws {StoreError} `STORE_TRANSFER_INVALID`.
 */
export const readLine = (text: string, number: number): TransferLine => {
  const value = parsed(text, number);
  if (number === 1) return { kind: "header", header: headerOf(value) };
  if (isObject(value.end)) return { kind: "end", end: endOf(value.end, number) };
  const { index, id, source } = value;
  if (typeof index !== "string" || typeof id !== "string" || id === "" || !isObject(source))
    throw invalid(`line ${number}: expected { index, id, source }, received ${text.slice(0, 100)}`);
  return { kind: "document", document: { index, id, source } };
};

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const parsed = (text: string, number: number): Json => {
  let value: unknown;
  try {
    value = parseEventJson(text);
  } catch (cause) {
    throw invalid(`line ${number} is not JSON: ${text.slice(0, 100)}`, cause);
  }
  if (isObject(value)) return value;
  throw invalid(`line ${number}: expected a JSON object, received ${text.slice(0, 100)}`);
};

const headerOf = ({ "mozdef-alerts": what, format, version, at, kinds, since }: Json): TransferHeader => {
  if (what !== "export") throw invalid('line 1: expected {"mozdef-alerts":"export", ...}: this is no export');
  if (format !== FORMAT)
    throw invalid(
      `it has format ${String(format)}, this version reads format ${FORMAT}: use the version that wrote it`,
    );
  const known = TRANSFER_KINDS.filter((kind) => Array.isArray(kinds) && kinds.includes(kind));
  return { version: String(version), at: String(at), kinds: known, since: typeof since === "string" ? since : null };
};

const endOf = ({ documents, indices }: Json, number: number): TransferEnd => {
  if (typeof documents === "number" && isObject(indices))
    return { documents, indices: indices as TransferEnd["indices"] };
  throw invalid(`line ${number}: expected { end: { documents, indices } }`);
};

export const invalid = (what: string, cause?: unknown): StoreError =>
  new StoreError("STORE_TRANSFER_INVALID", `This cannot be imported: ${what}.`, { cause });
