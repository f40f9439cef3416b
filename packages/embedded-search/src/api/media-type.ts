import { ApiError, unsupported } from "../errors/api-error.ts";
import type { Answer } from "./router.ts";

const JSON_TYPE = /^application\/(?:json|x-ndjson|vnd\.elasticsearch\+(?:json|x-ndjson))\s*(?:;|$)/i;
const UNSUPPORTED_TYPE = /^application\/(?:yaml|cbor|smile|vnd\.elasticsearch\+(?:yaml|cbor|smile))\s*(?:;|$)/i;
const VERSION = /compatible-with\s*=\s*(\d+)/i;

/**
 * Checks the content type of a body. Callers in the same process may leave it out.
 *
 * @returns the answer when Elasticsearch does not read this media type.
 * @throws {ApiError} 400 for a version of the API that this one does not answer, 501 for YAML and binary JSON.
 */
export const wrongMediaType = (contentType: string | undefined): Answer | undefined => {
  if (contentType === undefined) return undefined;
  if (UNSUPPORTED_TYPE.test(contentType)) throw unsupported(`The media type [${contentType}]`);
  if (!JSON_TYPE.test(contentType)) {
    const type = contentType.split(";")[0] ?? "";
    return {
      status: 406,
      body: { error: `Content-Type header [${type}] is not supported`, status: 406 },
      isError: true,
    };
  }
  const asked = VERSION.exec(contentType)?.[1];
  if (asked === undefined || asked === "8" || asked === "9") return undefined;
  const reason = `Content-Type version must be either version 9 or 8, but found ${asked}. Content-Type=${contentType}`;
  throw new ApiError(400, {
    type: "media_type_header_exception",
    reason: "Invalid media-type value on headers [Content-Type, Accept]",
    causedBy: { type: "status_exception", reason },
  });
};
