import type { ConnectionRequestParams } from "@elastic/elasticsearch";
import { gunzipSync } from "node:zlib";

const isOpening = ({ method, path }: ConnectionRequestParams): boolean => method === "POST" && path.endsWith("/_pit");

const isClosing = ({ method, path }: ConnectionRequestParams): boolean => method === "DELETE" && path === "/_pit";

/** A request for a point in time in the words of OpenSearch; any other as it is. */
export const mendPointInTime = (params: ConnectionRequestParams): ConnectionRequestParams => {
  if (isOpening(params)) {
    const path = `${params.path.slice(0, -"_pit".length)}_search/point_in_time`;
    return { ...params, path, headers: unpacked(params.headers) };
  }
  if (!isClosing(params)) return params;
  const { id } = JSON.parse(textOf(params)) as { readonly id: string };
  const body = JSON.stringify({ pit_id: [id] });
  const headers = { ...unpacked(params.headers), "content-length": String(Buffer.byteLength(body)) };
  return { ...params, path: "/_search/point_in_time", body, headers };
};

/** Both are read here, so neither may be packed. */
const unpacked = (headers: ConnectionRequestParams["headers"] = {}): NonNullable<ConnectionRequestParams["headers"]> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !/^(?:content|accept)-encoding$/i.test(name)));

const textOf = ({ body, headers }: ConnectionRequestParams): string => {
  const bytes = Buffer.from(body as string | Buffer);
  return (headers?.["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes).toString();
};

/** The answer to it in the words of Elasticsearch. */
export const mendPointInTimeAnswer = <Body extends string | Buffer>(
  params: ConnectionRequestParams,
  body: Body,
): Body | string => {
  if (isOpening(params)) {
    const { pit_id: id, ...rest } = JSON.parse(body.toString()) as { readonly pit_id: string };
    return JSON.stringify({ id, ...rest });
  }
  if (!isClosing(params)) return body;
  const { pits } = JSON.parse(body.toString()) as { readonly pits: readonly { readonly successful: boolean }[] };
  return JSON.stringify({ succeeded: pits.every(({ successful }) => successful), num_freed: pits.length });
};
