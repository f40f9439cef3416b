import { gunzipSync } from "node:zlib";
import { ApiError } from "../errors/api-error.ts";
import type { JsonLines } from "./json-lines.ts";

/** Bytes of a body, unpacked, as Elasticsearch's `http.max_content_length`. */
export const MAX_BODY_BYTES = 100 * 1024 * 1024;

/**
 * The text of a body.
 *
 * @throws {ApiError} 413 when it is too large, 400 when it is not gzip as announced, or not UTF-8.
 */
export const decodeBody = (body: string | Uint8Array | undefined, encoding: string | undefined): string => {
  if (body === undefined) return "";
  if (typeof body === "string" && encoding === undefined) return checkSize(body, body.length);
  const bytes = unpack(typeof body === "string" ? Buffer.from(body) : body, encoding);
  checkSize("", bytes.byteLength);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ApiError(400, { type: "parse_exception", reason: "Invalid UTF-8 in the request body" });
  }
};

/** A body in lines. @throws {ApiError} 413 when it is too large. */
export const checkedLines = (lines: JsonLines): JsonLines => {
  if (lines.longest > MAX_BODY_BYTES) checkSize("", lines.length);
  return lines;
};

const checkSize = (text: string, size: number): string => {
  if (size <= MAX_BODY_BYTES) return text;
  throw new ApiError(413, {
    type: "content_too_long_exception",
    reason: `entity content is too long [${size}] for the configured buffer limit [${MAX_BODY_BYTES}]`,
  });
};

const unpack = (bytes: Uint8Array, encoding: string | undefined): Uint8Array => {
  if (encoding === undefined || encoding === "" || encoding === "identity") return bytes;
  if (encoding.toLowerCase() !== "gzip")
    throw new ApiError(415, {
      type: "unsupported_media_type",
      reason: `Unsupported [content-encoding] [${encoding}], expected [gzip]`,
    });
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_BODY_BYTES });
  } catch (error) {
    if (error instanceof RangeError) checkSize("", MAX_BODY_BYTES + 1);
    throw new ApiError(400, { type: "parse_exception", reason: "The request body is not valid gzip" });
  }
};
