import { javaText } from "../values/java-number.ts";
import { type ErrorCause, ApiError } from "../errors/api-error.ts";
import { ValueError } from "../errors/value-error.ts";
import { ExcessError } from "../values/geo-point.ts";
import { type Json, isScalar } from "../json/json.ts";
import { type JsonPath, locate } from "../json/locate.ts";
import type { LeafField } from "../mapping/field.ts";

/** What is known about the document being read. */
export interface DocumentOrigin {
  readonly id: string;
  readonly source: string;
}

/** A document that its mapping rejects: 400 `document_parsing_exception` with the place of the value. */
export class DocumentError extends ApiError {
  constructor(reason: string, causedBy?: ErrorCause) {
    super(400, { type: "document_parsing_exception", reason, causedBy });
  }
}

const place = (origin: DocumentOrigin, path: JsonPath, where: "key" | "start" | "end" | "last" = "start"): string => {
  const { line, column } = locate(origin.source, path, where);
  return `[${line}:${column}]`;
};

export const valueRefused = (
  origin: DocumentOrigin,
  field: LeafField,
  path: JsonPath,
  value: Json,
  cause: unknown,
): Error => {
  if (!(cause instanceof ValueError)) return cause instanceof Error ? cause : new TypeError(String(cause));
  if (cause instanceof ExcessError) return pointRefused(origin, field, path, cause);
  if (field.type === "geo_point") {
    const at = place(origin, path, isScalar(value) ? "start" : "last");
    return new DocumentError(`${at} failed to parse field [${field.name}] of type [geo_point]`, cause);
  }
  return new DocumentError(
    `${place(origin, path, isScalar(value) ? "start" : "last")} failed to parse field [${field.name}] of type [${field.type}] in document with id '${origin.id}'. Preview of field's value: '${preview(value)}'`,
    cause.placed ? placedCause(origin, path, value, cause) : cause,
  );
};

const pointRefused = (origin: DocumentOrigin, field: LeafField, path: JsonPath, cause: ExcessError): DocumentError => {
  const at = place(origin, [...path, cause.at]);
  const isHeight = cause.at === 2;
  return new DocumentError(
    isHeight
      ? `${at} failed to parse: ${cause.reason}`
      : `${at} failed to parse field [${field.name}] of type [geo_point]`,
    cause,
  );
};

/** Causes from the JSON reader carry its position. */
const placedCause = (origin: DocumentOrigin, path: JsonPath, value: Json, cause: ValueError): ErrorCause => {
  if (!isScalar(value)) {
    const { line, column } = locate(origin.source, path, "start");
    const reason = cause.reason.replace("{place}", `${line}:${column}`);
    return cause.causedBy === undefined
      ? { type: cause.type, reason }
      : { type: cause.type, reason: `[${line}:${column + 1}] ${reason}`, causedBy: cause.causedBy };
  }
  const reason = `${place(origin, path, "end")} ${cause.reason}`;
  return { type: cause.type, reason, causedBy: cause.causedBy };
};

const preview = (value: Json): string => {
  if (value === null) return "null";
  if (isScalar(value)) return javaText(value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(preview).join(", ")}]`;
  return `{${Object.entries(value)
    .map(([key, item]) => `${key}=${preview(item)}`)
    .join(", ")}}`;
};

export const notAnObject = (origin: DocumentOrigin, name: string, path: JsonPath): DocumentError => {
  const last = path.at(-1);
  const shown = typeof last === "number" ? "null" : String(last);
  return new DocumentError(
    `${place(origin, path)} object mapping for [${name}] tried to parse field [${shown}] as object, but found a concrete value`,
  );
};

export const aliasWritten = (
  origin: DocumentOrigin,
  name: string,
  path: JsonPath,
  verb: "write" | "copy" = "write",
): DocumentError => new DocumentError(`${place(origin, path)} Cannot ${verb} to a field alias [${name}].`);

export const objectCopied = (
  origin: DocumentOrigin,
  name: string,
  targets: readonly string[],
  path: JsonPath,
): DocumentError =>
  new DocumentError(
    `${place(origin, path, "last")} Cannot copy field [${name}] to fields [${targets.join(", ")}]. Copy-to currently only works for value-type fields, not objects.`,
  );

export const badFieldName = (origin: DocumentOrigin, path: JsonPath, reason: string): DocumentError =>
  new DocumentError(`${place(origin, path, "key")} failed to parse: ${reason}`, {
    type: "illegal_argument_exception",
    reason,
  });

/** A document that would make its mapping too large. */
export const documentLimit = (origin: DocumentOrigin, path: JsonPath, limit: string, why: string): DocumentError => {
  const reason = `Limit of ${limit} has been exceeded ${why}`;
  return new DocumentError(`${place(origin, path)} failed to parse: ${reason}`, {
    type: "illegal_argument_exception",
    reason,
  });
};

export const blankFieldName = (origin: DocumentOrigin, path: JsonPath, key: string): DocumentError =>
  new DocumentError(`${place(origin, path, "key")} Field name cannot contain only whitespace: [${key}]`);

export const strictMapping = (origin: DocumentOrigin, parent: string, path: JsonPath, key: string): ApiError =>
  new ApiError(400, {
    type: "strict_dynamic_mapping_exception",
    reason: `${place(origin, path)} mapping set to strict, dynamic introduction of [${key}] within [${parent === "" ? "_doc" : parent}] is not allowed`,
  });

export const metadataField = (origin: DocumentOrigin, path: JsonPath, key: string, value: Json): DocumentError => {
  const reason = `${place(origin, path)} Field [${key}] is a metadata field and cannot be added inside a document. Use the index API request parameters.`;
  return new DocumentError(
    `${place(origin, path)} failed to parse field [${key}] of type [${key}] in document with id '${origin.id}'. Preview of field's value: '${preview(value)}'`,
    { type: "document_parsing_exception", reason },
  );
};
