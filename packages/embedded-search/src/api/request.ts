import { parsingError, ApiError } from "../errors/api-error.ts";
import { placingErrors } from "../errors/place-errors.ts";
import type { Parameters } from "../http/parameters.ts";
import type { JsonLines } from "../http/json-lines.ts";
import { parseBody } from "../http/parse-body.ts";
import { isObject, type Json, type JsonObject, tokenOf } from "../json/json.ts";
import type { Waiting } from "./waiting.ts";

/** A request that found its route. */
export interface ApiRequest {
  readonly method: string;
  /** As sent, for messages. */
  readonly path: string;
  readonly parameters: Parameters;
  /** The `{name}` parts of the route. */
  readonly part: (name: string) => string;
  /** "" = none, or it is in lines. */
  readonly body: string;
  /** The body of a bulk request, or of several searches, that came in lines. */
  readonly lines?: JsonLines | undefined;
  /** undefined: somebody waits until the end. */
  readonly waiting: Waiting | undefined;
}

/** The body as an object. @throws {ApiError} 400 when it is missing or something else. */
export const objectBody = ({ body }: ApiRequest): JsonObject => {
  if (body.trim() === "") throw bodyRequired();
  return asObject(parseBody(body));
};

/** Reads the body with a function and adds the place in the body to its errors. No body is an empty object. */
export const readBody = <T>(request: ApiRequest, read: (body: JsonObject) => T): T => {
  const body = optionalBody(request);
  return placingErrors({ text: request.body }, body, () => read(body));
};

/** As {@link objectBody}, with no body meaning an empty object. */
export const optionalBody = (request: ApiRequest): JsonObject =>
  request.body.trim() === "" ? {} : objectBody(request);

const asObject = (json: Json): JsonObject => {
  if (isObject(json)) return json;
  throw parsingError(`Expected [START_OBJECT] but found [${tokenOf(json)}]`);
};

export const bodyRequired = (): ApiError =>
  new ApiError(400, { type: "parse_exception", reason: "request body is required" });
