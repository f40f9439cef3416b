import type { ConnectionRequestParams } from "@elastic/elasticsearch";
import { textOf, unpacked, withBody } from "./text-of-body.ts";

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
  return { ...withBody(params, { pit_id: [id] }), path: "/_search/point_in_time" };
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
