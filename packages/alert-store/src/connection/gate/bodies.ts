import { errors, Serializer, type TransportRequestParams, type TransportResult } from "@elastic/elasticsearch";

/** Bytes of a request that can be divided, in UTF-8. A server itself takes 100 MB (`http.max_content_length`), and works on all of it at once. */
export const LARGEST_BODY = 10_000_000;

/** Bytes of an answer: it is in memory as text and as what the text means. */
export const LARGEST_ANSWER = 100_000_000;

const SERIALIZER = new Serializer();

/** Header and document, or header and search. */
const PARTS_OF_ONE = 2;

/**
 * The request, its lines as text.
 *
 * @throws {errors.ResponseError} 413 when it has more than one item and is too large: the answer that a server, or a proxy, has for it.
 */
export const fits = (params: TransportRequestParams): TransportRequestParams => {
  const { bulkBody } = params;
  if (!Array.isArray(bulkBody)) return params;
  const text = SERIALIZER.ndserialize(bulkBody as Record<string, unknown>[]);
  const isOver = text.length > LARGEST_BODY || Buffer.byteLength(text) > LARGEST_BODY;
  if (isOver && bulkBody.length > PARTS_OF_ONE) throw tooLarge(params, Buffer.byteLength(text));
  return { ...params, bulkBody: text };
};

const tooLarge = ({ method, path }: TransportRequestParams, bytes: number): errors.ResponseError => {
  const reason = `the body has ${bytes} bytes, more than ${LARGEST_BODY}`;
  return new errors.ResponseError({
    body: { error: { type: "content_too_large", reason }, status: 413 },
    statusCode: 413,
    headers: {},
    warnings: null,
    meta: {
      context: null,
      name: "gate",
      request: { params: { method, path }, options: {}, id: null },
      connection: null,
      attempts: 0,
      aborted: false,
    },
  });
};

/**
 * A proxy before the store may answer 200 with a page of its own.
 *
 * @throws {errors.ConnectionError} when what came is not the answer of a store.
 */
export const checkBody = ({ method, path }: TransportRequestParams, { body }: TransportResult): void => {
  if (method === "HEAD" || (typeof body === "object" && body !== null)) return;
  const received = JSON.stringify(String(body).slice(0, 100));
  throw new errors.ConnectionError(`what answers ${method} ${path} is not the store. Received: ${received}`);
};
