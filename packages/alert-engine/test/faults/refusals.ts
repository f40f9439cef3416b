import { errors } from "@elastic/elasticsearch";

/** A request as the client hands it to its transport. */
export interface Params {
  readonly path: string;
  readonly body?: unknown;
  readonly bulkBody?: readonly object[];
}

export type Send = (params: Params) => Promise<unknown>;

/** Why a server does not do something now. */
export interface Reason {
  readonly status: number;
  readonly type: string;
  readonly reason: string;
}

export const BUSY: Reason = {
  status: 429,
  type: "es_rejected_execution_exception",
  reason: "the queue is full",
};
export const AWAY: Reason = { status: 503, type: "unavailable_shards_exception", reason: "no shard is there" };
export const BLOCKED: Reason = {
  status: 403,
  type: "cluster_block_exception",
  reason: "index [x] blocked by: [FORBIDDEN/8/index write (api)];",
};
/** What a full disk does. */
export const FULL: Reason = {
  status: 429,
  type: "cluster_block_exception",
  reason: "index [x] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark];",
};

/** The answer to a request that is refused as a whole. */
export const refusal = ({ status, ...error }: Reason): Error =>
  new errors.ResponseError({
    statusCode: status,
    headers: {},
    warnings: null,
    meta: {} as never,
    body: { error, status },
  });

/** Its body is HTML or empty, whoever refuses it: the server, or a proxy before it. */
export const tooLarge = (): Error =>
  new errors.ResponseError({ statusCode: 413, headers: {}, warnings: null, meta: {} as never, body: "" });

/** The operations of a bulk request; null for one of another kind. */
export const operationsOf = ({ path, bulkBody }: Params): readonly (readonly object[])[] | null =>
  bulkBody === undefined || !path.includes("_bulk")
    ? null
    : Array.from({ length: bulkBody.length / 2 }, (_, item) => bulkBody.slice(2 * item, 2 * item + 2));

/** Some items of a bulk request are refused; a request of another kind is refused whole. */
export const refuseItems = async (
  params: Params,
  send: Send,
  reason: Reason,
  isRefused: (item: number) => boolean = () => true,
): Promise<unknown> => {
  const operations = operationsOf(params);
  if (operations === null) throw refusal(reason);
  const kept = operations.filter((_, item) => !isRefused(item));
  const answered =
    kept.length === 0 ? { items: [] } : ((await send({ ...params, bulkBody: kept.flat() })) as { items: object[] });
  const items = [...answered.items];
  const { status, ...error } = reason;
  return {
    errors: true,
    items: operations.map(([header = {}], item) =>
      isRefused(item) ? { [Object.keys(header)[0] ?? "index"]: { _index: "", status, error } } : items.shift(),
    ),
  };
};

/** Of a bulk request the first half of the items; another kind of request is carried out whole. */
export const carryOutHalf = (params: Params, send: Send): Promise<unknown> => {
  const operations = operationsOf(params);
  if (operations === null) return send(params);
  const kept = operations.slice(0, Math.ceil(operations.length / 2));
  return send({ ...params, bulkBody: kept.flat() });
};
