import type { ConnectionRequestParams } from "@elastic/elasticsearch";
import { gunzipSync } from "node:zlib";

/** The body of a request, unpacked. */
export const textOf = ({ body, headers }: ConnectionRequestParams): string => {
  const bytes = Buffer.from(body as string | Buffer);
  return (headers?.["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes).toString();
};

/** The request with another body; nothing about it is packed from then on. */
export const withBody = (params: ConnectionRequestParams, value: object): ConnectionRequestParams => {
  const body = JSON.stringify(value);
  const headers = { ...unpacked(params.headers), "content-length": String(Buffer.byteLength(body)) };
  return { ...params, body, headers };
};

/** Headers of what is read here, so that neither body may be packed. */
export const unpacked = (
  headers: ConnectionRequestParams["headers"] = {},
): NonNullable<ConnectionRequestParams["headers"]> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(?:content|accept)-encoding$/i.test(name)));
