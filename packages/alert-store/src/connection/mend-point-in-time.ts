import type { ConnectionRequestParams } from "@elastic/elasticsearch";
import { gunzipSync } from "node:zlib";

/** A request for a point in time in the words of OpenSearch; any other as it is. */
export const mendPointInTime = (params: ConnectionRequestParams): ConnectionRequestParams => {
  if (params.method === "POST" && params.path.endsWith("/_pit"))
    return { ...params, path: `${params.path.slice(0, -"_pit".length)}_search/point_in_time` };
  if (params.method !== "DELETE" || params.path !== "/_pit") return params;
  const { id } = JSON.parse(textOf(params)) as { readonly id: string };
  const body = JSON.stringify({ pit_id: [id] });
  return {
    ...params,
    path: "/_search/point_in_time",
    body,
    headers: { ...params.headers, "content-encoding": undefined, "content-length": String(Buffer.byteLength(body)) },
  };
};

const textOf = ({ body, headers }: ConnectionRequestParams): string => {
  const bytes = Buffer.from(body as string | Buffer);
  return (headers?.["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes).toString();
};

/** The answer to it in the words of Elasticsearch. */
export const mendPointInTimeAnswer = <Body extends string | Buffer>(
  { method, path }: ConnectionRequestParams,
  body: Body,
): Body | string => {
  if (method === "POST" && path.endsWith("/_pit")) {
    const { pit_id: id, ...rest } = JSON.parse(body.toString()) as { readonly pit_id: string };
    return JSON.stringify({ id, ...rest });
  }
  if (method !== "DELETE" || path !== "/_pit") return body;
  const { pits } = JSON.parse(body.toString()) as { readonly pits: readonly { readonly successful: boolean }[] };
  return JSON.stringify({ succeeded: pits.every(({ successful }) => successful), num_freed: pits.length });
};
